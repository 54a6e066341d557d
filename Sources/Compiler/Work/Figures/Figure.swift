import GantryModel

/// A coefficient that work is computed with: a value and what it rests on.
///
/// Every figure is an assumption under its id, so the scenario's `assumptions:` can replace it.
struct Figure: Sendable {
  var id: String
  var value: Double
  var unit: String
  var confidence: Assumption.Confidence
  var text: String
  var source: String

  init(
    _ id: String, _ value: Double, _ unit: String, _ confidence: Assumption.Confidence,
    _ text: String, source: String
  ) {
    self.id = id
    self.value = value
    self.unit = unit
    self.confidence = confidence
    self.text = text
    self.source = source
  }

  /// A measured coefficient of buildah, in the measuring machine's seconds or exact counts.
  static func buildah(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure {
    Figure(id, value, unit, .measured, text, source: Source.buildah)
  }

  /// A figure that is only a guess, with its range in the text.
  static func guess(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure {
    Figure(id, value, unit, .guess, text, source: Source.guess)
  }

  /// A figure derived from what is generally known of the tool.
  static func estimate(
    _ id: String, _ value: Double, _ unit: String, _ text: String, source: String
  ) -> Figure {
    Figure(id, value, unit, .estimate, text, source: source)
  }

  /// The figure as an assumption of a plan.
  var assumption: Assumption {
    Assumption(
      id: id, text: text, value: value, unit: unit, confidence: confidence, source: source)
  }
}

/// Where figures come from.
enum Source {
  static let buildah = "measured: buildah 1.28.2, Debian 12, 2-core AMD EPYC VM, 2026-11"
  static let nfs = "measured: Linux 6.1 NFS v4.1 client and knfsd, RPC counts, 2026-11"
  static let files = "measured: git 2.39.5 and GNU tar 1.34 on tmpfs, user+sys, 2026-11"
  static let qemu = "measured: qemu-user 7.2.22 arm64 on x86-64, user+sys, 2026-11"
  static let guess = "gantry's guess, 2026-11; not measured"
  static let tools = "gantry's estimate from how the tool usually behaves, 2026-11; not measured"
}
