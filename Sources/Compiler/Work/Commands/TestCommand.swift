/// test, [ and [[: decided where the values are known, else taken as true.
struct TestCommand: CommandModel {
  let names = ["test", "[", "[["]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    var fields = call.arguments
    if let last = fields.last?.text, last == "]" || last == "]]" { fields.removeLast() }
    // Another task, a sidecar or a job in the background may leave the file meanwhile.
    let files: Set<String> = ["-e", "-f", "-d", "-s", "-r"]
    return CommandResult(
      succeeded: either(fields[...], call, scene, isPattern: call.name == "[["), output: nil,
      mayChange: fields.contains { $0.isKnown && files.contains($0.text) })
  }

  private typealias Fields = ArraySlice<ShellField>

  private func either(
    _ fields: Fields, _ call: CommandCall, _ scene: Scene, isPattern: Bool
  ) -> Bool? {
    combine(fields, ["||", "-o"], stopsAt: true) {
      combine($0, ["&&", "-a"], stopsAt: false) {
        single($0, call, scene, isPattern: isPattern)
      }
    }
  }

  private func combine(
    _ fields: Fields, _ signs: Set<String>, stopsAt: Bool, _ decide: (Fields) -> Bool?
  ) -> Bool? {
    let parts = fields.split { signs.contains($0.text) && $0.isKnown }
    var isKnown = true
    for part in parts {
      switch decide(part) {
      case stopsAt: return stopsAt
      case nil: isKnown = false
      default: break
      }
    }
    return isKnown ? (parts.isEmpty ? false : !stopsAt) : nil
  }

  private func single(
    _ fields: Fields, _ call: CommandCall, _ scene: Scene, isPattern: Bool
  ) -> Bool? {
    var fields = fields.filter { $0.text != "(" && $0.text != ")" || !$0.isKnown }
    var isNegated = false
    while fields.count > 1, fields.first?.text == "!" {
      isNegated.toggle()
      fields.removeFirst()
    }
    let result: Bool?
    switch fields.count {
    case 0: result = false
    case 1: result = fields[0].isKnown ? !fields[0].text.isEmpty : nil
    case 2: result = unary(fields[0].text, fields[1], call, scene)
    case 3: result = binary(fields[0], fields[1].text, fields[2], isPattern: isPattern)
    default: result = nil
    }
    return result.map { $0 != isNegated }
  }

  private func unary(
    _ sign: String, _ field: ShellField, _ call: CommandCall, _ scene: Scene
  ) -> Bool? {
    guard field.isKnown else { return nil }
    switch sign {
    case "-z": return field.text.isEmpty
    case "-n": return !field.text.isEmpty
    case "-e", "-f", "-d", "-s", "-r":
      let place = scene.paths.place(field.text, from: call.directory)
      if scene.world[place.volume].summary(of: place.path) != nil { return true }
      // Nothing is known of secrets and of what images contain; claims and emptyDirs start empty.
      switch place.volume {
      case .claim, .pod: return place.path.isEmpty ? nil : false
      case .outside, .container, .configuration: return nil
      }
    default: return nil
    }
  }

  private func binary(
    _ left: ShellField, _ sign: String, _ right: ShellField, isPattern: Bool
  ) -> Bool? {
    guard left.isKnown, right.isKnown else { return nil }
    let isEqual =
      isPattern ? ShellPattern.matches(left.text, right.text) : left.text == right.text
    switch sign {
    case "=", "==": return isEqual
    case "!=": return !isEqual
    default: break
    }
    guard let a = Int(left.text), let b = Int(right.text) else { return nil }
    switch sign {
    case "-eq": return a == b
    case "-ne": return a != b
    case "-lt", "<": return a < b
    case "-le": return a <= b
    case "-gt", ">": return a > b
    case "-ge": return a >= b
    default: return nil
    }
  }
}
