//! Discord's REST interface, as far as we use it, with retries that keep to its rules. serenity's
//! own client retries only where its rate limiter is on, which a proxy turns off, and hides the
//! `Retry-After` of a 429; so these few calls are ours.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, RETRY_AFTER, USER_AGENT};
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::config::Secret;

const DISCORD: &str = "https://discord.com";
/// A callback must come within 3 seconds of the interaction ("Receiving and Responding"); what is
/// late is refused, so that trying longer helps nobody.
const CALLBACK_DEADLINE: Duration = Duration::from_millis(2_700);
/// Other calls are worth some patience; a token lives 15 minutes.
const DEADLINE: Duration = Duration::from_secs(30);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// Between attempts after a 5xx or a cut connection; doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// "Interaction has already been acknowledged" ("JSON Error Codes").
const ALREADY_ACKNOWLEDGED: u64 = 40_060;
/// "Unknown message": what was to be deleted is gone.
const UNKNOWN_MESSAGE: u64 = 10_008;

/// A client of Discord's REST interface.
#[derive(Debug, Clone)]
pub struct Rest {
    client: Client,
    base: String,
    token: Secret,
}

/// Why a call failed for good.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// Discord refused it; the token is wrong if the status is 401.
    #[error("Discord answered {status} (code {code})")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Discord's own code, 0 if it sent none.
        code: u64,
    },
    /// Discord could not be reached, or sent what is not JSON.
    #[error("Discord could not be reached")]
    Unreachable(#[source] reqwest::Error),
}

impl RestError {
    /// Whether Discord does not know the token.
    pub fn is_unauthorized(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: StatusCode::UNAUTHORIZED,
                ..
            }
        )
    }
}

impl Rest {
    /// A client that speaks to Discord, or to what stands in for it.
    ///
    /// # Errors
    /// If the HTTP client cannot be made.
    pub fn new(token: Secret, proxy: Option<&str>) -> Result<Self, reqwest::Error> {
        let client = Client::builder().build()?;
        Ok(Self {
            client,
            base: format!("{}/api/v10", proxy.unwrap_or(DISCORD)),
            token,
        })
    }

    /// The application that the token belongs to.
    ///
    /// # Errors
    /// If Discord refuses the token or cannot be reached.
    pub async fn application_id(&self) -> Result<Option<u64>, RestError> {
        let application = self
            .call(Method::GET, "/applications/@me", None, DEADLINE)
            .await?;
        Ok(application["id"].as_str().and_then(|id| id.parse().ok()))
    }

    /// The global commands that Discord has of us.
    ///
    /// # Errors
    /// If Discord refuses or cannot be reached.
    pub async fn commands(&self, application: u64) -> Result<Value, RestError> {
        let path = format!("/applications/{application}/commands?with_localizations=true");
        self.call(Method::GET, &path, None, DEADLINE).await
    }

    /// Replaces all global commands.
    ///
    /// # Errors
    /// If Discord refuses or cannot be reached.
    pub async fn put_commands(
        &self,
        application: u64,
        commands: &Value,
    ) -> Result<Value, RestError> {
        let path = format!("/applications/{application}/commands");
        self.call(Method::PUT, &path, Some(commands), DEADLINE)
            .await
    }

    /// Answers an interaction. If a retry hears that it has been acknowledged, the first attempt
    /// had arrived after all.
    ///
    /// # Errors
    /// If Discord refuses, or the deadline of 3 seconds runs out.
    pub async fn callback(&self, id: u64, token: &str, body: &Value) -> Result<(), RestError> {
        let path = format!("/interactions/{id}/{token}/callback");
        self.call(Method::POST, &path, Some(body), CALLBACK_DEADLINE)
            .await
            .map(drop)
    }

    /// Edits the first response to an interaction.
    ///
    /// # Errors
    /// If Discord refuses or cannot be reached.
    pub async fn edit_original(
        &self,
        application: u64,
        token: &str,
        body: &Value,
    ) -> Result<(), RestError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        self.call(Method::PATCH, &path, Some(body), DEADLINE)
            .await
            .map(drop)
    }

    /// Removes the first response to an interaction, or the message whose component was pressed.
    ///
    /// # Errors
    /// If Discord refuses or cannot be reached.
    pub async fn delete_original(&self, application: u64, token: &str) -> Result<(), RestError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        self.call(Method::DELETE, &path, None, DEADLINE)
            .await
            .map(drop)
    }

    /// Tries until the call succeeds, Discord refuses it for good, or patience runs out. All calls
    /// here may be carried out twice without harm, so that a 5xx and a cut connection are tried
    /// again like a 429.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        patience: Duration,
    ) -> Result<Value, RestError> {
        let deadline = Instant::now() + patience;
        let mut pause = FIRST_PAUSE;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let timeout = ATTEMPT_TIMEOUT.min(deadline.saturating_duration_since(Instant::now()));
            let (error, wait) = match self.attempt(method.clone(), path, body, timeout).await {
                Ok(answer) => return Ok(answer),
                Err(Failure::Refused { code, .. })
                    if attempt > 1 && is_success_after_retry(&method, code) =>
                {
                    return Ok(Value::Null);
                }
                Err(Failure::Refused {
                    status,
                    code,
                    retry_after,
                }) => {
                    let error = RestError::Refused { status, code };
                    match (status, retry_after) {
                        (StatusCode::TOO_MANY_REQUESTS, wait) => {
                            (error, wait.unwrap_or(Duration::from_secs(1)))
                        }
                        (status, _) if status.is_server_error() => (error, pause),
                        _ => return Err(error),
                    }
                }
                Err(Failure::Unreachable(error)) => (RestError::Unreachable(error), pause),
            };
            if Instant::now() + wait >= deadline {
                return Err(error);
            }
            sleep(wait).await;
            pause *= 2;
        }
    }

    async fn attempt(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        timeout: Duration,
    ) -> Result<Value, Failure> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header(USER_AGENT, serenity::constants::USER_AGENT)
            .timeout(timeout);
        // The token of an interaction authorises its own routes; ours has no business there.
        if !path.starts_with("/interactions/") && !path.starts_with("/webhooks/") {
            request = request.header(AUTHORIZATION, format!("Bot {}", self.token.expose()));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        // An address may hold a token: errors are stripped of it.
        let hidden = |error: reqwest::Error| Failure::Unreachable(error.without_url());
        let response = request.send().await.map_err(hidden)?;
        let status = response.status();
        let header = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|seconds| seconds.to_str().ok()?.parse::<f64>().ok());
        if status == StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        let text = response.text().await.map_err(hidden)?;
        let answer: Value = serde_json::from_str(&text).unwrap_or_default();
        if status.is_success() {
            return Ok(answer);
        }
        let seconds = answer["retry_after"]
            .as_f64()
            .or(header)
            .filter(|seconds| (0.0..3_600.0).contains(seconds));
        Err(Failure::Refused {
            status,
            code: answer["code"].as_u64().unwrap_or_default(),
            retry_after: seconds
                .map(|seconds| Duration::from_secs_f64(seconds) + Duration::from_millis(20)),
        })
    }
}

enum Failure {
    Refused {
        status: StatusCode,
        code: u64,
        retry_after: Option<Duration>,
    },
    Unreachable(reqwest::Error),
}

fn is_success_after_retry(method: &Method, code: u64) -> bool {
    code == ALREADY_ACKNOWLEDGED || (method == Method::DELETE && code == UNKNOWN_MESSAGE)
}
