internal import Foundation

/// Numbers as 64-bit little-endian words, for programs that compare results.
enum NumberFile {
  static func write(_ numbers: [Double], to path: String) throws {
    var data = Data()
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    try data.write(to: URL(filePath: path))
  }
}
