//! `last-reel serve`: the bot. Opens everything that can fail, then connects.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

use crate::app::App;
use crate::config::Config;
use crate::discord::{gateway, register, rest::Rest};
use crate::telemetry;

/// What an invitation asks for, and why ("Bitwise Permission Flags").
const PERMISSIONS: &[(u64, &str, &str)] = &[(
    1 << 14,
    "Embed Links",
    "answers are embeds; without it Discord drops them",
)];

/// Runs the bot until SIGINT or SIGTERM.
///
/// # Errors
/// If the token is missing or wrong, the corpus cannot be used, or Discord cannot be reached.
pub fn run(config: &Config) -> anyhow::Result<ExitCode> {
    telemetry::start(&config.log);
    if config.token.is_none() {
        bail!(
            "`DISCORD_TOKEN` is not set, and `serve` needs it (see `.env.example`); \
             `ask`, `search`, `check` and `import` need no token: try `last-reel ask \"/ending anora\"`"
        );
    }
    let app = Arc::new(App::open(config)?);
    tokio::runtime::Runtime::new()?.block_on(serve(config, app))
}

async fn serve(config: &Config, app: Arc<App>) -> anyhow::Result<ExitCode> {
    let token = config.token.clone().context("a token was found at start")?;
    let proxy = config.proxy.as_deref();
    // Before anything is sent, so that a signal is never missed.
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    let mut hangup = signal(SignalKind::hangup())?;
    let size = app.library().library.corpus.size();
    info!(
        films = size.films,
        articles = size.articles,
        passages = size.passages,
        "loaded the corpus"
    );

    let reloads = tokio::spawn({
        let app = app.clone();
        async move {
            while hangup.recv().await.is_some() {
                // How it went is logged where it is done.
                let _ = app.reload().await;
            }
        }
    });
    let mut stop = std::pin::pin!(async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    });
    let rest = Rest::new(token.clone(), proxy)?;
    let application = tokio::select! {
        application = introduce(config, &rest) => Some(application?),
        () = &mut stop => None,
    };
    if let Some(application) = application {
        gateway::run(app, rest, application, &token, proxy, stop).await?;
    }
    reloads.abort();
    info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Tells Discord which commands there are, and the host how to invite the bot; our application.
async fn introduce(config: &Config, rest: &Rest) -> anyhow::Result<u64> {
    let application = match config.application_id {
        Some(id) => id,
        None => match rest.application_id().await.map_err(refused)? {
            Some(id) => id,
            None => bail!("Discord named no application; set `DISCORD_APPLICATION_ID`"),
        },
    };
    let changed = register::register(rest, application)
        .await
        .map_err(refused)?;
    info!(changed, "Discord knows the commands");
    invite(application)?;
    Ok(application)
}

fn refused(error: crate::discord::rest::RestError) -> anyhow::Error {
    if error.is_unauthorized() {
        anyhow::Error::new(gateway::GatewayError::WrongToken)
            .context("copy it again from the Developer Portal, page \"Bot\"")
    } else {
        error.into()
    }
}

/// Prints the link that invites the bot, with the permissions it asks for and why each.
fn invite(application: u64) -> io::Result<()> {
    let permissions: u64 = PERMISSIONS.iter().map(|(bit, ..)| bit).sum();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Invite the bot: https://discord.com/oauth2/authorize?client_id={application}&scope=bot%20applications.commands&permissions={permissions}"
    )?;
    for (_, name, why) in PERMISSIONS {
        writeln!(out, "  {name}: {why}")?;
    }
    out.flush()
}
