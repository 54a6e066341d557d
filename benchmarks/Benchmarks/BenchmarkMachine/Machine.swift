internal import Foundation

/// What the operating system says of this process.
package enum Machine {
  /// Seconds of processor time used so far, by all threads.
  package static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Seconds on a clock that only goes forward.
  package static func wallSeconds() -> Double { ProcessInfo.processInfo.systemUptime }

  /// The most memory that was resident, in units of 2^20 bytes.
  package static func peakMebibytes() -> Double {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Double(usage.ru_maxrss) / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}

extension Double {
  /// The number with a fixed count of decimals.
  package func fixed(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}
