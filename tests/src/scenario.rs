//! What the operator does in the window, key by key; the same for the test and for the demo.

use crate::seed::{OPERATOR, SUPERVISOR};
use crate::sitters;
use crate::stage::{Display, Key, Window};
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A person needs a moment to read a page; Enter is deaf for the first quarter of a second of it.
const GLANCE: Duration = Duration::from_millis(320);

/// True once the agreement is ticked.
const TICKED: &str = "return document.querySelector('[data-do=consent][aria-checked=true]') !== null";
/// True once the checks on the still are done.
const REVIEWED: &str = "return document.querySelector('[data-page=review] [data-do=retake]') !== null";
/// True while a question about the still is open.
const ASKED: &str = "return document.querySelector('[data-page=review] [data-answer=open]') !== null";
/// True once every question is answered.
const ANSWERED: &str = "return document.querySelector('[data-page=review] [data-answer=open]') === null";

/// The desk on a virtual display.
pub struct Scenario {
    /// The display.
    pub display: Display,
    /// The window.
    pub window: Window,
    /// Folder of the replay camera with its orders.
    pub camera: PathBuf,
    /// Where screenshots go; none are taken without it.
    pub shots: Option<PathBuf>,
    shot: u32,
}

/// What serving one sitter took.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Key presses from "next" to "queued", typing of names, numbers and PINs not counted.
    pub presses: u32,
    /// Seconds from "next" to "queued".
    pub seconds: f32,
}

impl Scenario {
    /// A scenario in an open window.
    pub const fn new(display: Display, window: Window, camera: PathBuf, shots: Option<PathBuf>) -> Self {
        Self {
            display,
            window,
            camera,
            shots,
            shot: 0,
        }
    }

    /// Takes a picture of the screen.
    pub async fn shoot(&mut self, name: &str) -> Result<()> {
        let Some(folder) = &self.shots else { return Ok(()) };
        self.shot += 1;
        let file = folder.join(format!("{:02}-{name}.png", self.shot));
        // The page is there before its last transition has ended.
        tokio::time::sleep(Duration::from_millis(350)).await;
        self.display.shoot(&file)
    }

    /// Tells the replay camera what to show.
    pub fn play(&self, scene: &str) -> Result<()> {
        sitters::tell(&self.camera, &format!("play {scene}"))
    }

    /// Presses a key after a glance at the page.
    pub async fn press(&mut self, key: Key) -> Result<()> {
        tokio::time::sleep(GLANCE).await;
        self.window.press(key).await
    }

    async fn enter_to(&mut self, page: &str) -> Result<()> {
        self.press(Key::Enter).await?;
        self.window
            .wait_for(&[page])
            .await
            .with_context(|| format!("after Enter, towards {page}"))?;
        Ok(())
    }

    /// Signs in and opens the sample session.
    pub async fn open_session(&mut self) -> Result<()> {
        self.window.wait_for(&["sign_in"]).await?;
        let choose = format!(
            "document.querySelector('[data-operator={}]').click(); return true",
            OPERATOR.0
        );
        self.window.ask(&choose).await?;
        self.shoot("sign-in").await?;
        self.window.type_text(OPERATOR.1).await?;
        self.enter_to("choose_session").await?;
        let listed = "return document.querySelector('[data-primary]:not(:disabled)') !== null";
        self.window.wait_until("a session", listed).await?;
        self.shoot("sessions").await?;
        self.enter_to("home").await?;
        let people = "return document.querySelector('[data-primary]:not(:disabled)') !== null";
        self.window.wait_until("the roster", people).await?;
        self.shoot("roster").await
    }

    /// Serves the next student of the roster, prepaid, with the automatic shutter.
    pub async fn serve_next(&mut self, sitter: &str, guidance: bool) -> Result<Effort> {
        self.play(&format!("{sitter}-right"))?;
        self.window.count_from_here();
        let start = Instant::now();
        self.enter_to("identity").await?;
        self.shoot("identity").await?;
        self.press(Key::Space).await?;
        self.window
            .wait_until("the tick on the agreement", TICKED)
            .await?;
        self.shoot("consent").await?;
        self.enter_to("enrolment").await?;
        self.shoot("enrolment").await?;
        self.enter_to("notes").await?;
        self.shoot("notes").await?;
        if guidance {
            self.play("wall")?;
        }
        self.enter_to("capture").await?;
        if guidance {
            self.guide(sitter).await?;
        }
        self.window
            .wait_for(&["review"])
            .await
            .context("the automatic shutter")?;
        self.reviewed().await?;
        self.shoot("review").await?;
        self.answer().await?;
        self.shoot("review-answered").await?;
        self.enter_to("last_look").await?;
        self.shoot("last-look").await?;
        self.enter_to("done").await?;
        let effort = Effort {
            presses: self.window.presses(),
            seconds: start.elapsed().as_secs_f32(),
        };
        self.shoot("done").await?;
        Ok(effort)
    }

    /// Takes the next student of the roster, prepaid, from the roster to the camera.
    pub async fn next_to_the_camera(&mut self) -> Result<()> {
        for (key, page) in [
            (Key::Enter, "identity"),
            (Key::Space, "identity"),
            (Key::Enter, "enrolment"),
            (Key::Enter, "notes"),
            (Key::Enter, "capture"),
        ] {
            self.press(key).await?;
            self.window.wait_for(&[page]).await?;
        }
        self.live_picture().await
    }

    /// Waits until a live picture is on the page.
    pub async fn live_picture(&self) -> Result<()> {
        let painted = "return Number(document.querySelector('canvas[data-live]')?.dataset.drawn ?? 0) > 0";
        self.window.wait_until("the live picture", painted).await
    }

    /// Does what the page on screen asks of the operator; nothing where only waiting helps. The fee is taken in cash.
    pub async fn take_turn(&mut self, page: &str) -> Result<()> {
        match page {
            "sign_in" => return self.open_session().await,
            "identity" => {
                self.press(Key::Space).await?;
                self.window
                    .wait_until("the tick on the agreement", TICKED)
                    .await?;
            }
            "payment" => {
                self.press(Key::Alt('2')).await?;
                let cash = "return document.querySelector('input[name=tendered]') !== null";
                self.window.wait_until("the cash panel", cash).await?;
                self.press(Key::Char('e')).await?;
            }
            "review" => {
                self.reviewed().await?;
                self.answer().await?;
            }
            "home" | "choose_session" | "enrolment" | "notes" | "last_look" | "done" => {}
            _ => return Ok(()),
        }
        self.press(Key::Enter).await
    }

    /// Nobody there yet, then the sitter moves until all is right; each place has its own words.
    async fn guide(&mut self, sitter: &str) -> Result<()> {
        let mut heard: Vec<String> = vec![];
        for (scene, name) in [
            ("wall".to_owned(), "nobody"),
            (format!("{sitter}-left"), "too-far-left"),
            (format!("{sitter}-small"), "too-small"),
            (format!("{sitter}-right"), "good"),
        ] {
            self.play(&scene)?;
            tokio::time::sleep(Duration::from_millis(2_200)).await;
            let words = self.instruction().await?;
            ensure!(!heard.contains(&words), "{name}: still {words:?}");
            heard.push(words);
            self.shoot(&format!("capture-{name}")).await?;
        }
        Ok(())
    }

    /// The one instruction on screen.
    pub async fn instruction(&self) -> Result<String> {
        let script = "return document.querySelector('[data-instruction]')?.dataset.instruction ?? ''";
        Ok(self
            .window
            .ask(script)
            .await?
            .as_str()
            .unwrap_or_default()
            .to_string())
    }

    /// Waits until the checks on the still are done.
    pub async fn reviewed(&self) -> Result<()> {
        self.window.wait_until("the checks", REVIEWED).await
    }

    /// Answers every open question about the still with "fits": one key for all.
    pub async fn answer(&mut self) -> Result<()> {
        if self.window.ask(ASKED).await? == serde_json::Value::Bool(true) {
            self.press(Key::Space).await?;
            self.window.wait_until("the answers", ANSWERED).await?;
        }
        Ok(())
    }

    /// Types name and number of somebody who was not called and goes on as a walk-in, to the payment.
    pub async fn begin_walk_in(&mut self, name: &str, number: &str) -> Result<()> {
        self.window.wait_for(&["home"]).await?;
        self.press(Key::F(4)).await?;
        self.window.wait_for(&["identity"]).await?;
        tokio::time::sleep(GLANCE).await;
        self.press(Key::Space).await?;
        self.window
            .wait_until("the tick on the agreement", TICKED)
            .await?;
        self.window.fill("input[name=name]", name).await?;
        self.window.fill("input[name=number]", number).await?;
        self.shoot("walk-in-identity").await?;
        self.enter_to("enrolment").await?;
        self.shoot("walk-in-enrolment").await?;
        self.window.fill("input[name=class_name]", "往届补采").await?;
        self.press(Key::Enter).await?;
        let confirm =
            "return document.querySelector('[data-page=enrolment] [data-do=confirm_enrolment]') !== null";
        self.window.wait_until("the walk-in's record", confirm).await?;
        self.enter_to("payment").await
    }

    /// Makes the order and waits for its QR.
    pub async fn ask_order(&mut self) -> Result<()> {
        let offered = "return document.querySelector('[data-do=ask_order]') !== null";
        self.window.wait_until("the offer of an order", offered).await?;
        self.press(Key::Enter).await?;
        let qr = "return document.querySelector('[data-qr]') !== null";
        self.window.wait_until("the QR", qr).await?;
        self.shoot("payment-qr").await
    }

    /// At the camera with a smile: taken by hand, refused twice, let through by the supervisor.
    pub async fn smile_through(&mut self, sitter: &str) -> Result<()> {
        self.window.wait_for(&["notes"]).await?;
        self.play(&format!("{sitter}-right"))?;
        self.enter_to("capture").await?;
        tokio::time::sleep(Duration::from_millis(1_800)).await;
        self.shoot("smile-guided").await?;
        for attempt in 1..=2 {
            self.press(Key::Space).await?;
            self.window.wait_for(&["review"]).await?;
            self.reviewed().await?;
            self.shoot(&format!("smile-caught-{attempt}")).await?;
            if attempt == 2 {
                self.answer().await?;
            } else {
                self.enter_to("capture").await?;
            }
        }
        self.press(Key::F(9)).await?;
        let open = "return document.querySelector('input[name=reason]') !== null";
        self.window.wait_until("the supervisor's dialog", open).await?;
        self.window
            .fill("input[name=reason]", "学生天生露齿，两次均如此")
            .await?;
        self.window
            .fill("input[name=supervisor-pin]", SUPERVISOR.1)
            .await?;
        self.shoot("override").await?;
        self.enter_to("last_look").await?;
        self.shoot("last-look-overridden").await?;
        self.enter_to("done").await?;
        self.shoot("done-offline").await
    }

    /// Waits until nothing stored here lacks an acknowledgement.
    pub async fn all_received(&self) -> Result<()> {
        let empty = "return document.querySelector('[data-queue]')?.dataset.queue === '0'";
        self.window.wait_until("an empty queue", empty).await
    }

    /// Opens the queue page.
    pub async fn open_queue(&mut self, name: &str) -> Result<()> {
        self.press(Key::F(8)).await?;
        self.window.wait_for(&["queue"]).await?;
        self.shoot(name).await
    }
}
