import GantryModel

// Commands and loops that never end, and what limits them.

extension Scene {
  /// A command that runs until something else ends it: the step stays until its timeout.
  ///
  /// In the background of a script it keeps nothing waiting, and `timeout` ends it.
  func runForever(_ what: String) {
    if backgroundDepth > 0 {
      hasEndlessJob = true
      return
    }
    if let limit = limits.last {
      let passed = phases[min(limit.start, phases.count)...].reduce(0.0) { $0 + $1.fixedSeconds }
      emit("timeout", [.fixed(seconds: max(0, limit.seconds - passed))])
      isCutShort = true
      return
    }
    stay(what)
    tell(
      .warning, "W0432",
      "\(what) never ends: the step stays until a timeout ends it (\(timeoutText))")
  }

  /// Plays something under `timeout`; whether that cut it short.
  func limited(to seconds: Double, _ body: () -> Void) -> Bool {
    limits.append(Limit(seconds: seconds, start: phases.count))
    body()
    limits.removeLast()
    defer { isCutShort = false }
    return isCutShort
  }
}

extension Phase {
  /// The time that passes in it on any machine.
  fileprivate var fixedSeconds: Double {
    demands.reduce(0) { if case .fixed(let seconds) = $1 { $0 + seconds } else { $0 } }
  }
}
