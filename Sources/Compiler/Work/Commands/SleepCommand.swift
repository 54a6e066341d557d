import GantryModel

/// sleep: time that passes on any machine.
struct SleepCommand: CommandModel {
  let names = ["sleep"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    var seconds = 0.0
    for field in call.arguments {
      if field.isKnown, Self.isEndless(field.text) {
        scene.runForever("'sleep \(field.text)'")
        return CommandResult(succeeded: true, output: nil)
      }
      guard field.isKnown, let part = Self.seconds(field.text) else {
        scene.tell(
          .note, "N0610",
          "the time of 'sleep \(field.text)' is not known: a guess stands for it (assumption "
            + "sleep.unknown)")
        seconds += scene.value(.unknownSleep)
        continue
      }
      seconds += part
    }
    scene.emit("sleep", seconds > 0 ? [.fixed(seconds: seconds)] : [])
    return CommandResult(succeeded: true, output: nil)
  }

  /// Whether a time has no end: `infinity`, or more than a year.
  private static func isEndless(_ text: String) -> Bool {
    if ["inf", "infinity"].contains(text.lowercased()) { return true }
    return number(text).map { $0 > longest } ?? false
  }

  /// A year.
  private static let longest = 31_536_000.0

  /// Reads `5`, `0.5`, `2m`, `1h`; nil for anything else, and beyond a year.
  static func seconds(_ text: String) -> Double? {
    number(text).flatMap { $0 <= longest ? $0 : nil }
  }

  private static func number(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let factor = text.last.flatMap { units[$0] }
    let number = factor == nil ? text : String(text.dropLast())
    guard number.allSatisfy({ $0.isNumber || $0 == "." }), let value = Double(number) else {
      return nil
    }
    return value * (factor ?? 1)
  }
}
