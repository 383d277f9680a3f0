//! The reference central server as a process of its own, so that it can be killed like a real one.

use anyhow::{Context, Result, ensure};
use central::Greeting;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running server.
pub struct Server {
    child: Child,
    program: PathBuf,
    folder: PathBuf,
    school: Option<PathBuf>,
    greeting: Greeting,
}

impl Server {
    /// Starts the program on a free loopback port, with the simulated payment provider.
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        Self::start_for(program, folder, None)
    }

    /// The same for a school in a folder, or the sample school.
    ///
    /// # Errors
    /// When the program does not start or cannot read the school.
    pub fn start_for(program: &Path, folder: &Path, school: Option<&Path>) -> Result<Self> {
        let (child, greeting) = spawn(program, folder, school, "127.0.0.1:0")?;
        Ok(Self {
            child,
            program: program.to_path_buf(),
            folder: folder.to_path_buf(),
            school: school.map(Path::to_path_buf),
            greeting,
        })
    }

    /// What a station needs to know of it.
    pub const fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    /// The sitters' phones pay every open order.
    pub async fn pay_all(&self) -> Result<()> {
        let open: Vec<String> = client()
            .get(format!("{}/simulate/orders", self.greeting.url))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        ensure!(!open.is_empty(), "no order is open");
        for order in open {
            pay(&self.greeting.url, &order).await?;
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
        let (child, greeting) = spawn(&self.program, &self.folder, self.school.as_deref(), &address)?;
        ensure!(
            greeting.recipient == self.greeting.recipient,
            "the server came back with other keys"
        );
        (self.child, self.greeting) = (child, greeting);
        Ok(())
    }
}

/// The sitter's phone pays an order at the simulated provider of the server at this address.
pub async fn pay(url: &str, order: &str) -> Result<()> {
    let answer = client()
        .post(format!("{url}/simulate/orders/{order}/pay"))
        .send()
        .await?;
    answer
        .error_for_status()
        .with_context(|| format!("order {order} cannot be paid"))?;
    Ok(())
}

fn client() -> reqwest::Client {
    // Another part of the process may have chosen the same provider already.
    let _there_already = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(fault) = self.kill() {
            eprintln!("the central server was gone already: {fault}");
        }
    }
}

fn spawn(program: &Path, folder: &Path, school: Option<&Path>, listen: &str) -> Result<(Child, Greeting)> {
    let school = school.map(|school| [OsStr::new("--school"), school.as_os_str()]);
    let mut child = Command::new(program)
        .args(["--simulate", "--listen", listen, "--dir"])
        .arg(folder)
        .args(school.into_iter().flatten())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started: run `cargo xtask test`", program.display()))?;
    let mut line = String::new();
    let out = child.stdout.take().context("the server has no output")?;
    BufReader::new(out).read_line(&mut line)?;
    let greeting = serde_json::from_str(&line).context("the server said nothing of itself")?;
    Ok((child, greeting))
}
