/// What axes are called where their paths do not fit.
enum AxisTitles {
  /// The shortest ends of the paths that tell them apart, from each other and from other headings:
  /// `amd64.count` and `arm64.count` of the numbers of two pools.
  static func short(_ axes: [String], besides others: [String] = []) -> [String] {
    axes.map { axis in
      let parts = axis.split(separator: ".")
      for length in 1..<max(1, parts.count) {
        let end = parts.suffix(length).joined(separator: ".")
        let isTaken =
          others.contains(end)
          || axes.contains { $0 != axis && ($0 == end || $0.hasSuffix("." + end)) }
        if !isTaken { return end }
      }
      return axis
    }
  }
}
