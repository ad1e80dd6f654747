//! A browser for tests: headless Chromium, driven by the protocol of web drivers (W3C, 2018), which is
//! JSON over HTTP. The crates that speak it bring a hundred others; a test needs seven of its commands.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A running browser; it ends with the value.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a browser that saves downloads into a folder.
    pub(crate) fn start(downloads: &Path) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's chromium and chromium-driver are installed");
        let port = port_of(&mut driver);
        let mut browser = Self {
            driver,
            port,
            session: String::new(),
        };
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--window-size=1400,900", "--lang=en"],
                "prefs": {"download.default_directory": downloads.to_str().unwrap()},
            },
        }}});
        let answer = browser.send("POST", "", &capabilities);
        let session = answer["sessionId"].as_str();
        let session = session.unwrap_or_else(|| panic!("the browser does not start: {answer}"));
        browser.session = format!("/{session}");
        browser
    }

    /// Opens an address.
    pub(crate) fn open(&self, address: &str) {
        let answer = self.send("POST", "/url", &json!({"url": address}));
        assert!(answer.is_null(), "{address}: {answer}");
    }

    /// Runs a script in the page and returns what it returns.
    #[track_caller]
    pub(crate) fn run(&self, script: &str) -> Value {
        let answer = self.send(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": []}),
        );
        assert!(answer.get("error").is_none(), "{script}: {answer}");
        answer
    }

    /// Runs a script that gives its answer to a callback.
    #[track_caller]
    pub(crate) fn run_async(&self, script: &str) -> Value {
        let answer = self.send(
            "POST",
            "/execute/async",
            &json!({"script": script, "args": []}),
        );
        assert!(answer.get("error").is_none(), "{script}: {answer}");
        answer
    }

    /// Runs a script again and again until it returns true.
    #[track_caller]
    pub(crate) fn wait_for(&self, script: &str) {
        for _ in 0..100 {
            if self.run(&format!("return Boolean({script})")) == true {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("never true: {script}");
    }

    /// Clicks the first element that a selector finds, as a user would: it must be visible.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let query = json!({"using": "css selector", "value": selector});
        let found = self.send("POST", "/element", &query);
        let id = found.as_object().and_then(|found| found.values().next());
        let id = id.and_then(Value::as_str).unwrap_or_default().to_owned();
        let answer = self.send("POST", &format!("/element/{id}/click"), &json!({}));
        assert!(answer.is_null(), "{selector}: {answer}");
    }

    /// Types into the first element that a selector finds.
    #[track_caller]
    pub(crate) fn write(&self, selector: &str, text: &str) {
        let query = json!({"using": "css selector", "value": selector});
        let found = self.send("POST", "/element", &query);
        let id = found.as_object().and_then(|found| found.values().next());
        let id = id.and_then(Value::as_str).unwrap_or_default().to_owned();
        let answer = self.send(
            "POST",
            &format!("/element/{id}/value"),
            &json!({"text": text}),
        );
        assert!(answer.is_null(), "{selector}: {answer}");
    }

    /// Gives the browser a command of its own protocol for developers.
    #[track_caller]
    pub(crate) fn command(&self, name: &str, params: &Value) -> Value {
        let body = json!({"cmd": name, "params": params});
        let answer = self.send("POST", "/goog/cdp/execute", &body);
        assert!(answer.get("error").is_none(), "{name}: {answer}");
        answer
    }

    /// Shows pages so wide, in the light or the dark theme of the system.
    #[track_caller]
    pub(crate) fn show_as(&self, [width, height]: [usize; 2], theme: &str) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", &size);
        let theme = json!([{"name": "prefers-color-scheme", "value": theme}]);
        self.command("Emulation.setEmulatedMedia", &json!({"features": theme}));
    }

    /// Returns what the page has written to the console since the last call: errors and warnings.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.send("POST", "/se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(ToString::to_string).collect()
    }

    /// Returns the addresses that the browser has asked for since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        let entries = self.send("POST", "/se/log", &json!({"type": "performance"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let messages = entries.iter().filter_map(|entry| entry["message"].as_str());
        messages
            .filter_map(|message| serde_json::from_str::<Value>(message).ok())
            .map(|message| message["message"].clone())
            .filter(|message| message["method"] == "Network.requestWillBeSent")
            .filter_map(|message| {
                let address = message["params"]["request"]["url"].as_str();
                address.map(str::to_owned)
            })
            .collect()
    }

    /// Sends a command; returns its value, which holds `error` if it failed.
    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_send(method, path, body).unwrap()
    }

    fn try_send(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let body = body.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let head = format!(
            "{method} /session{}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.session,
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim().to_ascii_lowercase();
            if let Some(told) = line.strip_prefix("content-length:") {
                length = told.trim().parse().unwrap_or(0);
            }
            if line.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        let answer: Value = serde_json::from_slice(&answer)?;
        Ok(answer["value"].clone())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser; without it the browser would stay.
        let _ = self.try_send("DELETE", "", &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Returns the port that a driver says it listens on.
fn port_of(driver: &mut Child) -> u16 {
    let out = driver.stdout.take().unwrap();
    let mut lines = BufReader::new(out).lines();
    let told = lines.find_map(|line| {
        let line = line.ok()?;
        let (_, port) = line.rsplit_once("on port ")?;
        let port = port.trim_end_matches('.').parse().ok();
        // Before it has one it speaks of port 0.
        port.filter(|port| *port > 0)
    });
    // Whatever it writes later must be read, or it stops.
    std::thread::spawn(move || lines.for_each(drop));
    told.unwrap()
}
