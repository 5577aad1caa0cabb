//! The way through the DOM: every node once, without recursion, however deep.

use super::collector::Collector;
use super::tags::{Flow, flow};
use crate::article::Page;
use dom_query::{Document, Element, NodeData, NodeId, NodeRef, Tree, TreeNode};

/// All text of a document and the skeleton around it; the metadata is left empty.
pub(super) fn blocks(doc: &Document) -> Page {
    let mut collector = Collector::default();
    walk(&doc.tree, doc.root().id, &mut collector);
    collector.finish()
}

/// Where to go after a node.
enum Step {
    Into(NodeId),
    Over,
}

fn walk(tree: &Tree, root: NodeId, out: &mut Collector) {
    // Templates are trees of their own; where one was entered is kept to come back.
    let mut here = root;
    let mut returns: Vec<(NodeId, NodeId)> = Vec::new();
    loop {
        let step = tree.query_node_or(&here, Step::Over, |node| enter(tree, node, out));
        match step {
            Step::Into(child) => {
                if tree.query_node_or(&child, None, |n| n.parent) != Some(here) {
                    returns.push((child, here));
                }
                here = child;
                continue;
            }
            Step::Over => {}
        }
        // To the next node that follows, closing what ends on the way.
        loop {
            if here == root {
                return;
            }
            let (next, parent) = tree.query_node_or(&here, (None, None), |n| (n.next_sibling, n.parent));
            if returns.last().is_none_or(|(top, _)| *top != here)
                && let Some(next) = next
            {
                here = next;
                break;
            }
            here = match returns.last() {
                Some((top, back)) if *top == here => {
                    let back = *back;
                    returns.pop();
                    back
                }
                _ => match parent {
                    Some(parent) => parent,
                    None => return,
                },
            };
            out.close();
        }
    }
}

/// Takes a node in; an element that is entered is closed when the way leads out of it again.
fn enter(tree: &Tree, node: &TreeNode, out: &mut Collector) -> Step {
    match &node.data {
        NodeData::Text { contents } => out.text(contents.as_ref()),
        NodeData::Element(element) => return open(tree, node, element, out),
        NodeData::Document | NodeData::Fragment => {
            if let Some(child) = node.first_child {
                out.open_root();
                return Step::Into(child);
            }
        }
        _ => {}
    }
    Step::Over
}

fn open(tree: &Tree, node: &TreeNode, element: &Element, out: &mut Collector) -> Step {
    let tag: &str = element.name.local.as_ref();
    match tag {
        "br" => out.line_break(),
        "wbr" => {}
        "hr" => out.boundary(),
        _ => {
            let flow = flow(tag);
            let child = node.first_child.or(element.template_contents);
            let (Some(child), true) = (child, flow != Flow::Void) else {
                if flow == Flow::Void || tag == "img" || tag == "input" {
                    out.gap(tag);
                }
                return Step::Over;
            };
            let row = tag == "tr" && holds_data(tree, node.id);
            out.open(tag, flow, element, row);
            return Step::Into(child);
        }
    }
    Step::Over
}

/// Whether a table row is one of data, and not a device to place blocks side by side.
fn holds_data(tree: &Tree, row: NodeId) -> bool {
    const LONGEST_CELL: usize = 400;
    let (mut cells, mut blocks, mut bytes) = (0usize, 0usize, 0usize);
    for node in NodeRef::new(row, tree).descendants_it() {
        let fits = node.query_or(true, |n| match &n.data {
            NodeData::Text { contents } => {
                bytes += contents.trim().len();
                blocks == 0 || bytes <= LONGEST_CELL
            }
            NodeData::Element(e) => match e.name.local.as_ref() {
                "td" | "th" => {
                    (cells, blocks, bytes) = (cells + 1, 0, 0);
                    true
                }
                "p" | "div" | "br" => {
                    blocks += 1;
                    bytes <= LONGEST_CELL
                }
                "table" | "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "h4" | "article" | "section" | "form" | "pre" | "blockquote" => false,
                _ => true,
            },
            _ => true,
        });
        if !fits {
            return false;
        }
    }
    cells > 1
}
