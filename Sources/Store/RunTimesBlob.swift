internal import Foundation

/// Run times as bytes: doubles of IEEE 754, the lowest byte first.
enum RunTimesBlob {
  static func data(_ values: [Double]) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return Data(bytes)
  }

  /// Nil when the bytes do not come in eights.
  static func values(_ data: Data) -> [Double]? {
    let bytes = [UInt8](data)
    guard bytes.count % 8 == 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      var pattern: UInt64 = 0
      for byte in bytes[start..<(start + 8)].reversed() { pattern = pattern << 8 | UInt64(byte) }
      return Double(bitPattern: pattern)
    }
  }
}
