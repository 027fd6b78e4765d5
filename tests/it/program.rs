//! Runs the real program as a child: a clean environment, its own working directory, its lines as
//! they come, signals, and its exit code. It is killed when it is dropped.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);

/// Where a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Out,
    Err,
}

/// A running child.
pub(crate) struct Program {
    child: Child,
    lines: Vec<(Stream, String)>,
    /// Closed when the child has closed both of its streams, which is when it ends.
    incoming: UnboundedReceiver<(Stream, String)>,
    /// How many lines [`Program::says`] has looked at.
    seen: usize,
    /// Holds the working directory, so that nobody's `.env` or database is found.
    _directory: TempDir,
}

/// Where the program under test lies.
pub(crate) fn path() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_last-reel"))
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts the program under test with nothing in its environment but `PATH` and what is given.
    pub(crate) fn start<A, K, V>(
        arguments: impl IntoIterator<Item = A>,
        environment: impl IntoIterator<Item = (K, V)>,
    ) -> Self
    where
        A: AsRef<OsStr>,
        K: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        let mut command = Command::new(path());
        command.args(arguments).envs(environment);
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let given: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        let directory = TempDir::new().unwrap();
        let mut child = command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(given)
            .current_dir(directory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (lines, incoming) = unbounded_channel();
        forward(child.stdout.take().unwrap(), Stream::Out, lines.clone());
        forward(child.stderr.take().unwrap(), Stream::Err, lines);
        Self {
            child,
            lines: Vec::new(),
            incoming,
            seen: 0,
            _directory: directory,
        }
    }

    /// Waits for the next line, on either stream, that contains `part`. Lines before it are
    /// passed over, so that of two equal lines each is found once.
    pub(crate) async fn says(&mut self, part: &str) -> String {
        loop {
            while self.seen < self.lines.len() {
                let (_, line) = &self.lines[self.seen];
                self.seen += 1;
                if line.contains(part) {
                    return line.clone();
                }
            }
            match timeout(PATIENCE, self.incoming.recv()).await {
                Ok(Some(line)) => self.lines.push(line),
                Ok(None) => panic!("it ended without saying `{part}`:\n{}", self.output()),
                Err(elapsed) => panic!("it did not say `{part}` ({elapsed}):\n{}", self.output()),
            }
        }
    }

    /// Sends a signal by its short name: `TERM`, `INT`, `HUP`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success(), "SIG{name} reaches the program");
    }

    /// Waits for its end, and gives the exit code; none if a signal ended it.
    pub(crate) async fn exit_code(&mut self) -> Option<i32> {
        let ended = timeout(PATIENCE, async {
            while let Some(line) = self.incoming.recv().await {
                self.lines.push(line);
            }
        });
        let ended = ended.await;
        assert!(ended.is_ok(), "it did not end:\n{}", self.output());
        self.child.wait().unwrap().code()
    }

    /// Both streams so far, in the order of their lines.
    pub(crate) fn output(&mut self) -> String {
        self.text(|_| true)
    }

    /// Standard output so far.
    pub(crate) fn stdout(&mut self) -> String {
        self.text(|stream| stream == Stream::Out)
    }

    /// Standard error so far.
    pub(crate) fn stderr(&mut self) -> String {
        self.text(|stream| stream == Stream::Err)
    }

    fn text(&mut self, wanted: impl Fn(Stream) -> bool) -> String {
        while let Ok(line) = self.incoming.try_recv() {
            self.lines.push(line);
        }
        let lines = self.lines.iter().filter(|(stream, _)| wanted(*stream));
        lines.flat_map(|(_, line)| [line, "\n"]).collect()
    }
}

fn forward(
    from: impl Read + Send + 'static,
    stream: Stream,
    lines: UnboundedSender<(Stream, String)>,
) {
    thread::spawn(move || {
        for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            if lines.send((stream, line)).is_err() {
                break;
            }
        }
    });
}

mod tests {
    use super::*;

    fn shell(script: &str) -> Program {
        let mut command = Command::new("sh");
        command.args(["-c", script]).env("GIVEN", "yes");
        Program::run(command)
    }

    #[tokio::test]
    async fn a_child_sees_only_what_it_is_given() {
        let mut child = shell("env; echo end >&2; exit 3");

        let code = child.exit_code().await;

        assert_eq!(code, Some(3));
        assert!(child.stdout().contains("GIVEN=yes"));
        assert!(!child.stdout().contains("CARGO_MANIFEST_DIR"));
        assert_eq!(child.stderr(), "end\n");
    }

    #[tokio::test]
    async fn a_signal_reaches_the_child_after_the_line_waited_for() {
        let mut child =
            shell("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        child.says("ready").await;

        child.signal("TERM");

        assert_eq!(child.exit_code().await, Some(5));
        assert!(child.output().ends_with("bye\n"));
    }
}
