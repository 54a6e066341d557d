import GantryModel

/// sleep: time that passes on any machine.
struct SleepCommand: CommandModel {
  let names = ["sleep"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    var seconds = 0.0
    for text in call.texts {
      guard let part = Self.seconds(text) else {
        scene.tell(.note, "N0610", "the time of 'sleep \(text)' is not known: taken as none")
        continue
      }
      seconds += part
    }
    scene.emit("sleep", seconds > 0 ? [.fixed(seconds: seconds)] : [])
    return .success
  }

  /// Reads `5`, `0.5`, `2m`, `1h`; nil for anything else, and beyond a year.
  static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let factor = text.last.flatMap { units[$0] }
    let number = factor == nil ? text : String(text.dropLast())
    guard number.allSatisfy({ $0.isNumber || $0 == "." }), let value = Double(number) else {
      return nil
    }
    let seconds = value * (factor ?? 1)
    return seconds <= 31_536_000 ? seconds : nil
  }
}
