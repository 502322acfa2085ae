"""How the language model in ``kg/annotate/model`` is made: conversion, training, evaluation, model card.

Licence of the code: Apache-2.0. Licence of the trained model: CC BY-SA 4.0 (see its own README.md).
"""
