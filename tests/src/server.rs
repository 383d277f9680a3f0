//! The reference central server as a process of its own, so that it can be killed like a real one.

use anyhow::{Context, Result, ensure};
use central::Greeting;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running server.
pub struct Server {
    child: Child,
    program: PathBuf,
    folder: PathBuf,
    greeting: Greeting,
}

impl Server {
    /// Starts the program on a free loopback port, with the simulated payment provider.
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        let (child, greeting) = spawn(program, folder, "127.0.0.1:0")?;
        Ok(Self {
            child,
            program: program.to_path_buf(),
            folder: folder.to_path_buf(),
            greeting,
        })
    }

    /// What a station needs to know of it.
    pub const fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    /// The sitters' phones pay every open order.
    pub async fn pay_all(&self) -> Result<()> {
        // Another part of the process may have chosen the same provider already.
        let _there_already = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::new();
        let url = format!("{}/simulate/orders", self.greeting.url);
        let open: Vec<String> = client
            .get(&url)
            .bearer_auth(&self.greeting.token)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        ensure!(!open.is_empty(), "no order is open");
        for order in open {
            let pay = client
                .post(format!("{url}/{order}/pay"))
                .bearer_auth(&self.greeting.token);
            pay.send().await?.error_for_status()?;
        }
        Ok(())
    }

    /// Kills it, as a power cut would.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts it again at the same address on the same folder.
    pub fn restart(&mut self) -> Result<()> {
        let address = self.greeting.url.trim_start_matches("http://").to_string();
        let (child, greeting) = spawn(&self.program, &self.folder, &address)?;
        ensure!(
            greeting.recipient == self.greeting.recipient,
            "the server came back with other keys"
        );
        (self.child, self.greeting) = (child, greeting);
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(fault) = self.kill() {
            eprintln!("the central server was gone already: {fault}");
        }
    }
}

fn spawn(program: &Path, folder: &Path, listen: &str) -> Result<(Child, Greeting)> {
    let mut child = Command::new(program)
        .args(["--simulate", "--listen", listen, "--dir"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started: run `cargo xtask test`", program.display()))?;
    let mut line = String::new();
    let out = child.stdout.take().context("the server has no output")?;
    BufReader::new(out).read_line(&mut line)?;
    let greeting = serde_json::from_str(&line).context("the server said nothing of itself")?;
    Ok((child, greeting))
}
