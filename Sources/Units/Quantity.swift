/// A Kubernetes resource quantity ("500m", "1.5Gi", "2e3"), exact in thousandths.
///
/// Source: Kubernetes API reference, "Quantity" (apimachinery resource.Quantity), read 2026-11-22.
public struct Quantity: Hashable, Sendable, Comparable, Codable {
  /// The value in thousandths, rounded up as Kubernetes does.
  public var milli: Int64

  /// Makes a quantity from thousandths.
  public init(milli: Int64) { self.milli = milli }

  /// Makes a quantity from whole units.
  public init(_ value: Int64) {
    let (product, overflow) = value.multipliedReportingOverflow(by: 1000)
    milli = overflow ? (value < 0 ? .min : .max) : product
  }

  /// The value in whole units, rounded up.
  public var value: Int64 {
    let (q, r) = milli.quotientAndRemainder(dividingBy: 1000)
    return r > 0 ? q + 1 : q
  }

  public static func < (a: Quantity, b: Quantity) -> Bool { a.milli < b.milli }

  /// Parses the text form; nil when it is not a quantity.
  public init?(_ text: String) {
    var scan = Substring(text)
    var negative = false
    if let sign = scan.first, sign == "+" || sign == "-" {
      negative = sign == "-"
      scan = scan.dropFirst()
    }
    let number = scan.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let suffix = String(scan.dropFirst(number.count))
    guard number.contains(where: { $0 != "." }), number.filter({ $0 == "." }).count <= 1,
      let magnitude = Double(number.hasPrefix(".") ? "0" + number : String(number)),
      let factor = Quantity.factor(of: suffix)
    else { return nil }
    let size: Int64
    if !number.contains("."), let whole = Int64(number), factor >= 1,
      let scale = Int64(exactly: factor)
    {
      let (base, overflow) = whole.multipliedReportingOverflow(by: scale)
      size = overflow ? .max : Quantity(base).milli
    } else {
      let exact = magnitude * factor * 1000
      guard exact.isFinite else { return nil }
      // A decimal fraction such as 0.1 must not round up because of its last bit.
      let nearest = exact.rounded()
      let isWhole = abs(exact - nearest) <= 1e-9 * max(1, nearest)
      let rounded = isWhole ? nearest : exact.rounded(.up)
      size = rounded >= 9.2e18 ? .max : Int64(rounded)
    }
    milli = negative ? -size : size
  }

  private static func factor(of suffix: String) -> Double? {
    switch suffix {
    case "": return 1
    case "n": return 1e-9
    case "u": return 1e-6
    case "m": return 1e-3
    case "k": return 1e3
    case "M": return 1e6
    case "G": return 1e9
    case "T": return 1e12
    case "P": return 1e15
    case "E": return 1e18
    case "Ki": return 1024
    case "Mi": return 1_048_576
    case "Gi": return 1_073_741_824
    case "Ti": return 1_099_511_627_776
    case "Pi": return 1_125_899_906_842_624
    case "Ei": return 1_152_921_504_606_846_976
    default:
      guard let e = suffix.first, e == "e" || e == "E", let power = Int(suffix.dropFirst()),
        abs(power) <= 18
      else { return nil }
      var factor = 1.0
      for _ in 0..<abs(power) { factor *= 10 }
      return power < 0 ? 1 / factor : factor
    }
  }
}
