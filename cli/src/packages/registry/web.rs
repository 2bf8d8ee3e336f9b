//! Files by their address, over HTTP, and HTTPS where that is built in: what is had is held against digests and
//! signatures, whichever way it came.

use crate::failure::Failure;
#[cfg(feature = "web")]
use crate::system::reason;
#[cfg(feature = "web")]
use forewarn_compiler::package::contents::LIMIT;
#[cfg(feature = "web")]
use std::time::Duration;

/// Places that publish files often lead to where they lie.
#[cfg(feature = "web")]
const MOST_REDIRECTS: u32 = 3;

/// The file at an address.
///
/// # Errors
/// It cannot be had, is too large, or takes too long.
#[cfg(feature = "web")]
pub fn get(address: &str) -> Result<Vec<u8>, Failure> {
    let secure = address.starts_with("https://");
    if secure && cfg!(not(feature = "https")) {
        return Err(no_https(address));
    }
    if !secure && !address.starts_with("http://") {
        return Err(no_address(address));
    }
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .https_only(secure)
        // Nobody is led from one way to the other, nor far.
        .max_redirects(if secure { MOST_REDIRECTS } else { 0 });
    #[cfg(feature = "https")]
    let agent = agent.tls_config(
        ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build(),
    );
    let agent = ureq::Agent::new_with_config(agent.build());
    let cannot = |error: ureq::Error| {
        Failure::new(format!("cannot get {address}: {}", why(&error))).help(
            "look whether the address is right and can be had from here; a registry's folder is read as well: \
             `--from FOLDER`",
        )
    };
    let mut answer = agent.get(address).call().map_err(cannot)?;
    let body = answer.body_mut().with_config().limit(LIMIT);
    body.read_to_vec().map_err(cannot)
}

/// What went wrong, in words for people.
#[cfg(feature = "web")]
fn why(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "nothing answers there".to_owned()
        }
        #[cfg(feature = "https")]
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            "its certificate does not hold here".to_owned()
        }
        ureq::Error::Io(error) => reason(error),
        ureq::Error::StatusCode(404) => "there is no such file".to_owned(),
        ureq::Error::StatusCode(code) => format!("the answer is {code}"),
        ureq::Error::Timeout(_) => "it takes longer than a minute".to_owned(),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "nothing answers there".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "it is larger than a package may be".to_owned(),
        ureq::Error::BadUri(_) => "this is no address".to_owned(),
        ureq::Error::RequireHttpsOnly(_) => "it leads to an address that is not `https`".to_owned(),
        ureq::Error::TooManyRedirects => "it leads elsewhere too often".to_owned(),
        #[cfg(feature = "https")]
        ureq::Error::Rustls(_) => "its certificate does not hold here".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(not(feature = "web"))]
pub fn get(address: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::new(format!(
        "cannot get {address}: this forewarn was built without the feature `web`"
    ))
    .help("fetch the registry's folder by other means and name it: `--from FOLDER`"))
}

#[cfg(feature = "web")]
fn no_https(address: &str) -> Failure {
    Failure::new(format!(
        "cannot get {address}: this forewarn was built without `https`"
    ))
    .help(
        "build it with `cargo install --path cli --features https`; or fetch the registry's folder by other means \
         and name it: `--from FOLDER`; digests and signatures hold whichever way it came",
    )
}

#[cfg(feature = "web")]
fn no_address(address: &str) -> Failure {
    Failure::new(format!(
        "cannot get {address}: addresses begin with `http://` or `https://`"
    ))
    .help("a registry's folder is read as well: `--from FOLDER`")
}
