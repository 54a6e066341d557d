import ArgumentParser

/// The exit codes, after BSD's sysexits.
extension ExitCode {
  /// The command line is wrong.
  static let usage = ExitCode(64)
  /// The input is wrong.
  static let badInput = ExitCode(65)
  /// The pipelines cannot finish, or no configuration is shown to keep a service level.
  static let unavailable = ExitCode(69)
  /// A bug.
  static let software = ExitCode(70)
  /// A file cannot be read or written.
  static let ioError = ExitCode(74)
  /// What the user asked to fail on is so.
  static let failed = ExitCode(1)
  /// Interrupted by the user, with what was done kept: the same command goes on from there.
  static let tryAgain = ExitCode(75)
  /// Interrupted by the user.
  static let interrupted = ExitCode(130)
}
