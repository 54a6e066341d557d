import GantryModel
import GantryUnits

/// Amounts of resources, bytes and time as messages give them.
enum ResourceText {
  /// `500m` of cpu, `3.5 GiB` of memory or storage, a plain number of anything else.
  static func text(_ name: String, _ quantity: Quantity) -> String {
    switch name {
    case "cpu":
      quantity.milli % 1000 == 0 ? "\(quantity.milli / 1000)" : "\(quantity.milli)m"
    case "memory", "ephemeral-storage": gib(Double(quantity.value))
    default: "\(quantity.value)"
    }
  }

  /// Bytes in GiB with one decimal.
  static func gib(_ bytes: Double) -> String {
    "\((bytes / 1_073_741_824 * 10).rounded() / 10) GiB"
  }

  /// Seconds to the whole second, such as `1h2m3s`.
  static func duration(_ seconds: Double) -> String { DurationText.text(seconds.rounded()) }
}
