import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How often Ctrl-C was pressed; a signal handler can reach no other state.
private let interruptions = Atomic<Int>(0)

/// What Ctrl-C does: says that nothing was lost, and leaves; or lets what is under way be finished.
enum Interruption {
  /// Whether Ctrl-C was pressed since `watchToFinish`.
  static var isRequested: Bool { interruptions.load(ordering: .relaxed) > 0 }

  /// Starts to note Ctrl-C and SIGTERM, for a command that finishes its batch first; a second Ctrl-C
  /// leaves.
  static func watchToFinish() {
    // Makes the counter before a signal handler needs it.
    interruptions.store(0, ordering: .relaxed)
    signal(SIGINT) { _ in
      if interruptions.add(1, ordering: .relaxed).oldValue > 0 { _exit(130) }
    }
    // Batch systems send it to the whole job, and a script that hears it may pass it on: more than
    // one asks for nothing more. They kill what takes too long.
    signal(SIGTERM) { _ in
      _ = interruptions.compareExchange(expected: 0, desired: 1, ordering: .relaxed)
    }
  }

  /// Starts to watch, for a command that stores in one transaction after the simulation.
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
