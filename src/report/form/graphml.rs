//! [`Graph::to_graphml`]: a graph for programs that draw networks.

use crate::report::form::graph::Graph;
use crate::report::form::xml::in_xml;

impl Graph {
    /// Returns the graph as GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, 2002), which
    /// most network programs read.
    ///
    /// Nodes have `name`, the attributes of the graph and `date`; edges have `tie` and `weight`. An
    /// edge without a known direction has `directed="false"`. Characters that XML cannot contain are
    /// shown as in [`visible`](crate::report::visible); unknown values are omitted.
    pub fn to_graphml(&self) -> String {
        let mut lines = vec![
            r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
            r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#.to_owned(),
        ];
        let attributes: Vec<&str> = self.attributes.iter().map(String::as_str).collect();
        let of_nodes = [&["name"], &attributes[..], &["date"]].concat();
        lines.extend(of_nodes.iter().map(|id| key(id, "node", "string")));
        lines.push(key("tie", "edge", "string"));
        lines.push(key("weight", "edge", "int"));
        let name = in_xml(&self.name);
        lines.push(format!(r#"  <graph id="{name}" edgedefault="directed">"#));
        for node in &self.nodes {
            lines.push(format!(r#"    <node id="{}">"#, in_xml(&node.id)));
            let date = node.date.map(|date| date.to_string()).unwrap_or_default();
            let label = std::slice::from_ref(&node.label);
            let values = [label, &node.values[..], &[date]].concat();
            lines.extend(
                of_nodes
                    .iter()
                    .zip(&values)
                    .filter_map(|(key, value)| data(key, value)),
            );
            lines.push("    </node>".to_owned());
        }
        for edge in &self.edges {
            let (from, to) = (in_xml(&edge.from), in_xml(&edge.to));
            let directed = edge.is_directed;
            lines.push(format!(
                r#"    <edge source="{from}" target="{to}" directed="{directed}">"#
            ));
            lines.extend(data("tie", &edge.tie));
            lines.extend(data("weight", &edge.weight.to_string()));
            lines.push("    </edge>".to_owned());
        }
        lines.extend(["  </graph>", "</graphml>", ""].map(str::to_owned));
        lines.join("\n")
    }
}

fn key(id: &str, carrier: &str, kind: &str) -> String {
    let id = in_xml(id);
    format!(r#"  <key id="{id}" for="{carrier}" attr.name="{id}" attr.type="{kind}"/>"#)
}

/// Returns a data element; `None` if the value is unknown.
fn data(key: &str, value: &str) -> Option<String> {
    let (key, shown) = (in_xml(key), in_xml(value));
    (!value.is_empty()).then(|| format!(r#"      <data key="{key}">{shown}</data>"#))
}
