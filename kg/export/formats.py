"""The formats: what each is called, what it holds and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from kg.draw import picture
from kg.export import graph_text, graph_xml, tables, webpage
from kg.export.cleaning import Cleaner

Content = Literal["rdf", "network", "tables"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is made from, its title, its writer, whether it is a folder, text or bytes, and its usual view.

    Writers take what is written, an open file (a folder's or a binary file's path), and a :class:`Cleaner`.
    """

    content: Content
    title: str
    write: Callable[..., Any] | None = None
    form: Literal["text", "binary", "folder"] = "text"
    view: str = "entities"


FORMATS: dict[str, Format] = {
    "turtle": Format("rdf", "RDF, all graphs as one, to read", form="binary"),
    "trig": Format("rdf", "RDF with its named graphs, to read", form="binary"),
    "ntriples": Format("rdf", "RDF, a triple a line", form="binary"),
    "nquads": Format("rdf", "RDF with its named graphs, a quad a line", form="binary"),
    "rdfxml": Format("rdf", "RDF as XML, for older tools", form="binary"),
    "jsonld": Format("rdf", "RDF as JSON with a readable context"),
    "graphml": Format("network", "for yEd, Gephi, Cytoscape, igraph, networkx", graph_xml.write_graphml),
    "gexf": Format("network", "for Gephi, with the time each edge was first reported", graph_xml.write_gexf),
    "dot": Format("network", "for Graphviz", graph_text.write_dot),
    "cytoscape": Format("network", "JSON for Cytoscape and cytoscape.js", graph_text.write_cytoscape),
    "nodelink": Format("network", "JSON for D3 and networkx", graph_text.write_nodelink),
    "gephi": Format("network", "a folder of two CSV files for Gephi's table import", graph_text.write_gephi, "folder"),
    "neo4j": Format("network", "a folder of two CSV files for Neo4j's bulk import", graph_text.write_neo4j, "folder"),
    "html": Format("network", "one page to look at and search, self-contained", webpage.write_html, view="together"),
    "svg": Format("network", "a picture for a paper", picture.write_svg),
    "png": Format("network", "a picture (--width, --dpi)", picture.write_png, "binary"),
    "pdf": Format("network", "a picture with its fonts inside", picture.write_pdf, "binary"),
    "csv": Format("tables", "a folder with the four fact tables as CSV", tables.write_csv, "folder"),
    "tsv": Format("tables", "a folder with the four fact tables, separated by tabs", tables.write_tsv, "folder"),
    "parquet": Format("tables", "a folder with the four fact tables as Parquet", tables.write_parquet, "folder"),
    "xlsx": Format("tables", "an Excel workbook with a sheet for each fact table", tables.write_xlsx, "binary"),
}
"""Name to format, in the order that the command line lists them."""

__all__ = ["FORMATS", "Cleaner", "Content", "Format"]
