//! The script and the style of the page.

/// The script.
pub(super) const SCRIPT: &str = concat!(
    include_str!("script/0_tools.js"),
    include_str!("script/1_page.js"),
    include_str!("script/2_filters.js"),
    include_str!("script/3_open.js"),
    include_str!("script/4_gaps.js"),
    include_str!("script/5_dialog.js"),
    include_str!("script/6_compare.js"),
    include_str!("script/7_correct.js"),
    include_str!("script/8_file.js"),
    include_str!("script/9_queue.js"),
    include_str!("script/10_naming.js"),
    include_str!("script/11_links.js"),
    include_str!("script/12_controls.js"),
);
/// The style.
pub(super) const STYLE: &str = include_str!("page.css");
