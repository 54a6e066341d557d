import GantryModel

/// seq and yes.
struct SequenceCommand: CommandModel {
  let names = ["seq", "yes"]

  /// The longest list that is written out.
  private static let most = 10_000

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    if call.name == "yes" {
      return .printing(ByteStream(bytes: .infinity, content: .text, label: "yes"))
    }
    let numbers = call.texts.filter { Int($0) != nil }.compactMap { Int($0) }
    guard call.arguments.allSatisfy(\.isKnown), numbers.count == call.texts.count,
      (1...3).contains(numbers.count)
    else { return .success }
    let first = numbers.count > 1 ? numbers[0] : 1
    let step = numbers.count > 2 ? numbers[1] : 1
    let last = numbers[numbers.count - 1]
    guard step != 0 else { return .success }
    let distance = last.subtractingReportingOverflow(first)
    guard !distance.overflow else { return .success }
    let count = distance.partialValue / step + 1
    guard distance.partialValue == 0 || (distance.partialValue > 0) == (step > 0) else {
      return .printing("")
    }
    guard count <= Self.most else {
      let bytes = Double(count) * Double("\(last)".utf8.count + 1)
      return .printing(ByteStream(bytes: bytes, content: .text, label: "seq"))
    }
    return .printing((0..<count).map { "\(first + $0 * step)" }.joined(separator: "\n"))
  }
}
