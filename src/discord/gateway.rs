//! Interactions by websocket: serenity's client, with no intent at all. Each interaction is
//! answered over REST; a stop waits for answers under way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serenity::all::{Context, EventHandler, GatewayIntents, Interaction, Ready, ResumedEvent};
use serenity::http::HttpBuilder;
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};

use crate::app::App;
use crate::config::Secret;

use super::answer::{answer, edit, reload};
use super::commands::Effect;
use super::request::Request;
use super::rest::Rest;

/// How long a stop waits for answers under way: an interaction has 3 seconds, a reload may take
/// longer, and a service manager kills after some 30.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// Why the connection ended.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Discord does not know the token.
    #[error("Discord does not know the token in `DISCORD_TOKEN`")]
    WrongToken,
    /// Anything else.
    #[error("the connection to Discord ended")]
    Ended(#[source] Box<serenity::Error>),
}

/// Connects and answers until `stop` is done; then answers under way are finished.
///
/// # Errors
/// If Discord refuses the connection for good.
pub async fn run(
    app: Arc<App>,
    rest: Rest,
    application: u64,
    token: &Secret,
    proxy: Option<&str>,
    stop: impl Future<Output = ()>,
) -> Result<(), GatewayError> {
    let tasks = TaskTracker::new();
    let handler = Handler {
        app,
        rest,
        application,
        tasks: tasks.clone(),
    };
    let mut http = HttpBuilder::new(token.expose());
    if let Some(proxy) = proxy {
        // serenity's rate limiter would speak to Discord itself, past the proxy.
        http = http.proxy(proxy).ratelimiter_disabled(true);
    }
    let client =
        serenity::client::ClientBuilder::new_with_http(http.build(), GatewayIntents::empty());
    let mut client = client.event_handler(handler).await.map_err(ended)?;
    let shards = client.shard_manager.clone();

    let ended_by_itself = tokio::select! {
        result = client.start_autosharded() => Some(result),
        () = stop => None,
    };
    if let Some(result) = ended_by_itself {
        return result.map_err(ended);
    }
    info!("stopping: answers under way are finished first");
    tasks.close();
    if tokio::time::timeout(LAST_ANSWERS, tasks.wait())
        .await
        .is_err()
    {
        warn!("stopped with answers under way");
    }
    shards.shutdown_all().await;
    Ok(())
}

fn ended(error: serenity::Error) -> GatewayError {
    use serenity::gateway::GatewayError::InvalidAuthentication;
    match error {
        serenity::Error::Gateway(InvalidAuthentication) => GatewayError::WrongToken,
        error => GatewayError::Ended(Box::new(error)),
    }
}

struct Handler {
    app: Arc<App>,
    rest: Rest,
    application: u64,
    tasks: TaskTracker,
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        info!(guilds = ready.guilds.len(), "connected to Discord");
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        info!("connected to Discord again");
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let Some(request) = Request::read(&interaction) else {
            return;
        };
        let (app, rest, application) = (self.app.clone(), self.rest.clone(), self.application);
        // The task outlives this handler, so that a stop can wait for it.
        let task = self
            .tasks
            .spawn(async move { handle(&app, &rest, application, &request).await });
        if let Err(panicked) = task.await {
            error!(%panicked, "an answer stopped on a fault of the program");
        }
    }
}

/// Answers one interaction over REST and logs one line about it.
async fn handle(app: &App, rest: &Rest, application: u64, request: &Request) {
    let start = Instant::now();
    let response = answer(app, request);
    let (kind, name, guild) = (request.kind(), request.name(), request.guild);
    if let Err(error) = rest
        .callback(request.id, &request.token, &response.body)
        .await
    {
        let duration_ms = millis(start);
        error!(kind, command.name = name, guild.id = guild, duration_ms, %error, "could not answer");
        return;
    }
    let first_ms = millis(start);
    let done = match response.effect {
        None => Ok(()),
        Some(Effect::Reload) => {
            let body = edit(app, &reload(app).await);
            rest.edit_original(application, &request.token, &body).await
        }
        Some(Effect::Delete) => rest.delete_original(application, &request.token).await,
    };
    let duration_ms = millis(start);
    match done {
        Ok(()) => {
            let outcome = response.outcome.name();
            info!(
                kind,
                command.name = name,
                guild.id = guild,
                outcome,
                first_ms,
                duration_ms,
                "answered"
            );
        }
        Err(error) => {
            error!(kind, command.name = name, guild.id = guild, duration_ms, %error, "could not finish an answer");
        }
    }
}

fn millis(start: Instant) -> u64 {
    start.elapsed().as_millis().try_into().unwrap_or(u64::MAX)
}
