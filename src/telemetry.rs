//! Starts logging, to standard error: text for people, or JSON lines for machines.

use tracing_subscriber::EnvFilter;

/// Starts logging as `LAST_REEL_LOG` says: a level or directives, with `json` among them for JSON.
/// A second start changes nothing.
pub fn start(log: &str) {
    let Some((filter, json)) = parse(log) else {
        return;
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Either fails only if logging was started before, as tests do.
    let _ = if json {
        builder
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .try_init()
    } else {
        builder
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .with_target(false)
            .try_init()
    };
}

/// What to log, and whether as JSON; none if it cannot be understood.
pub fn parse(log: &str) -> Option<(EnvFilter, bool)> {
    let (formats, directives): (Vec<&str>, Vec<&str>) = log
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .partition(|part| matches!(*part, "json" | "text"));
    let named = directives.iter().any(|part| !part.contains('='));
    // A library's chatter (each heartbeat, each request) says little to a host at night.
    let level = if named { "" } else { "info," };
    let silent = directives
        .iter()
        .any(|part| matches!(*part, "error" | "off"));
    let chatter = if silent { "" } else { "serenity=warn," };
    let filter = format!("{level}{chatter}{}", directives.join(","));
    Some((
        EnvFilter::builder()
            .parse(filter.trim_end_matches(','))
            .ok()?,
        formats.contains(&"json"),
    ))
}
