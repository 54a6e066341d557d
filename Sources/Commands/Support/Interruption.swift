#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What Ctrl-C does: says that nothing was lost, and leaves.
///
/// Results are stored in one transaction after the simulation, so a killed process leaves the store as
/// it was.
enum Interruption {
  /// Starts to watch.
  static func watch() {
    signal(SIGINT) { _ in
      // Only calls that are safe in a signal handler.
      let message: StaticString = "\ninterrupted: nothing of this command was stored\n"
      message.withUTF8Buffer { buffer in
        _ = write(STDERR_FILENO, buffer.baseAddress, buffer.count)
      }
      _exit(130)
    }
  }
}
