//! Files by their address, over plain HTTP: what is had is held against digests and signatures.

use crate::failure::Failure;
#[cfg(feature = "web")]
use crate::system::reason;
use forewarn_compiler::package::contents::LIMIT;
use std::time::Duration;

/// The file at an address.
///
/// # Errors
/// It cannot be had, is too large, or takes too long.
#[cfg(feature = "web")]
pub fn get(address: &str) -> Result<Vec<u8>, Failure> {
    if !address.starts_with("http://") {
        return Err(only_http(address));
    }
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .max_redirects(0)
        .build();
    let agent = ureq::Agent::new_with_config(agent);
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
        ureq::Error::Io(error) => reason(error),
        ureq::Error::StatusCode(404) => "there is no such file".to_owned(),
        ureq::Error::StatusCode(code) => format!("the answer is {code}"),
        ureq::Error::Timeout(_) => "it takes longer than a minute".to_owned(),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "nothing answers there".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "it is larger than a package may be".to_owned(),
        ureq::Error::BadUri(_) => "this is no address".to_owned(),
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

fn only_http(address: &str) -> Failure {
    Failure::new(format!(
        "cannot get {address}: addresses begin with `http://`"
    ))
    .help(
        "for other ways, fetch the registry's folder and name it: `--from FOLDER`; digests and \
         signatures hold whichever way it came",
    )
}
