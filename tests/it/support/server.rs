//! A web server on this machine that answers as it is told, also badly.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request that came in.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Method and path, with the query.
    pub line: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A whole answer.
    Whole { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// Less than what is announced, and then the end.
    CutOff(Vec<u8>),
    /// A body without an end, a piece at a time.
    Endless { piece: Vec<u8>, pause: Duration },
    /// Nothing for a while.
    Silence(Duration),
    /// These bytes and the end.
    Raw(Vec<u8>),
}

/// A good answer.
pub fn good(body: impl Into<Vec<u8>>) -> Reply {
    Reply::Whole { status: 200, headers: Vec::new(), body: body.into() }
}

/// An answer with another status.
pub fn status(status: u16, body: &str) -> Reply {
    Reply::Whole { status, headers: Vec::new(), body: body.into() }
}

type Answer = dyn Fn(&Seen, usize) -> Reply + Send + Sync;

/// The server. It ends with its value.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// A server whose answers may depend on the request and on how many came before it.
    pub fn start(answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, connections, is_over) =
            <(Arc<Mutex<Vec<Seen>>>, Arc<Mutex<usize>>, Arc<AtomicBool>)>::default();
        let server = Self { address, seen, connections, is_over };
        let (seen, connections) = (Arc::clone(&server.seen), Arc::clone(&server.connections));
        let is_over = Arc::clone(&server.is_over);
        let answer: Arc<Answer> = Arc::new(answer);
        let accept = move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                *connections.lock().unwrap() += 1;
                let (seen, answer, is_over) = (Arc::clone(&seen), Arc::clone(&answer), Arc::clone(&is_over));
                let work = move || serve(&stream, &seen, &*answer, &is_over);
                std::thread::Builder::new().name("fake connection".to_owned()).spawn(work).unwrap();
            }
        };
        std::thread::Builder::new().name("fake server".to_owned()).spawn(accept).unwrap();
        server
    }

    /// A server with one answer for everything.
    pub fn with(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests that came in.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Number of connections, with or without a request.
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for connections.
        TcpStream::connect(self.address).ok();
    }
}

fn read_request(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|count| *count > 0)?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, length)| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Seen { line, headers, body: String::from_utf8(body).ok()? })
}

fn serve(mut stream: &TcpStream, seen: &Mutex<Vec<Seen>>, answer: &Answer, is_over: &AtomicBool) {
    while let Some(request) = read_request(stream) {
        let count = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        // A client that has had enough closes the connection, which is no fault here.
        match answer(&request, count) {
            Reply::Whole { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} Test\r\nContent-Length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.extend([name, ": ", value.as_str(), "\r\n"]);
                }
                stream.write_all(format!("{head}\r\n").as_bytes()).ok();
                stream.write_all(&body).ok();
            }
            Reply::CutOff(body) => {
                let length = body.len() + 100;
                stream
                    .write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").as_bytes())
                    .ok();
                stream.write_all(&body).ok();
                return;
            }
            Reply::Endless { piece, pause } => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").ok();
                while !is_over.load(Ordering::Relaxed) && stream.write_all(&piece).is_ok() {
                    std::thread::sleep(pause);
                }
                return;
            }
            Reply::Silence(pause) => {
                std::thread::sleep(pause);
                return;
            }
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).ok();
                return;
            }
        }
    }
}
