//! The only build tool: `cargo xtask serve | test | bench | faults | dist`.
#![expect(clippy::print_stdout, reason = "a command line tool speaks on its standard output")]

mod assets;
mod bench;
mod dist;
mod error;
mod faults;
mod load;
mod postgres;
mod run;
mod serve;
mod test;

use std::process::ExitCode;

use error::Failure;

const HELP: &str = "\
cargo xtask COMMAND [--help]

  serve   build all and open the demonstration school on this machine
  test    every check there is; the last line counts them
  bench   measure full journeys over many families
  faults  kill it in the middle of its work, and see what was lost
  dist    one binary to copy to a server: dist/nine-fifteen
  assets  what a browser loads, into target/site (the others do this first)";

/// A command: its name, what `--help` says, and what it does with the rest of the line.
struct Command {
    name: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<ExitCode, Failure>,
}

const COMMANDS: [Command; 6] = [
    Command { name: "serve", help: serve::HELP, run: serve::run },
    Command { name: "test", help: test::HELP, run: test::run },
    Command { name: "bench", help: bench::HELP, run: bench::run },
    Command { name: "faults", help: faults::HELP, run: faults::run },
    Command { name: "dist", help: dist::HELP, run: dist::run },
    Command { name: "assets", help: assets::HELP, run: assets::run },
];

fn main() -> ExitCode {
    let line: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = line.split_first() else {
        println!("{HELP}");
        return ExitCode::from(2);
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        println!("{HELP}");
        return if name == "--help" || name == "-h" { ExitCode::SUCCESS } else { ExitCode::from(2) };
    };
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        println!("{}", command.help);
        return ExitCode::SUCCESS;
    }
    match (command.run)(rest) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
