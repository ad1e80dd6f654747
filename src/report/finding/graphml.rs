//! [`Network::to_graphml`]: a network for programs that draw networks.

use crate::finding::Network;
use crate::report::finding::network::{kind_of, tie};
use crate::report::form::xml::in_xml;

/// The attributes of nodes.
const OF_NODES: [&str; 4] = ["name", "kind", "process", "date"];

impl Network {
    /// Returns the network as GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, 2002), which
    /// most network programs read.
    ///
    /// Nodes have `name`, `kind`, `process` and `date`; edges have `tie` and `weight`. An edge without a
    /// known direction has `directed="false"`. Characters that XML cannot contain are shown as in
    /// [`visible`](crate::report::visible); unknown values are omitted.
    pub fn to_graphml(&self) -> String {
        let mut lines = vec![
            r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
            r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#.to_owned(),
        ];
        lines.extend(OF_NODES.map(|id| key(id, "node", "string")));
        lines.push(key("tie", "edge", "string"));
        lines.push(key("weight", "edge", "int"));
        lines.push(r#"  <graph id="agreements" edgedefault="directed">"#.to_owned());
        for node in &self.nodes {
            lines.push(format!(r#"    <node id="{}">"#, in_xml(&node.id)));
            let date = node.date.map(|date| date.to_string()).unwrap_or_default();
            let process = node.process.as_deref().unwrap_or_default();
            let values = [&node.name, kind_of(node), process, &date];
            let known = OF_NODES.iter().zip(values);
            lines.extend(known.filter_map(|(key, value)| data(key, value)));
            lines.push("    </node>".to_owned());
        }
        for edge in &self.edges {
            let (from, to) = (in_xml(&edge.from), in_xml(&edge.to));
            let directed = edge.is_directed;
            lines.push(format!(
                r#"    <edge source="{from}" target="{to}" directed="{directed}">"#
            ));
            lines.extend(data("tie", tie(edge)));
            lines.extend(data("weight", &edge.weight.to_string()));
            lines.push("    </edge>".to_owned());
        }
        lines.extend(["  </graph>", "</graphml>", ""].map(str::to_owned));
        lines.join("\n")
    }
}

fn key(id: &str, carrier: &str, kind: &str) -> String {
    format!(r#"  <key id="{id}" for="{carrier}" attr.name="{id}" attr.type="{kind}"/>"#)
}

/// Returns a data element; `None` if the value is unknown.
fn data(key: &str, value: &str) -> Option<String> {
    let shown = in_xml(value);
    (!value.is_empty()).then(|| format!(r#"      <data key="{key}">{shown}</data>"#))
}
