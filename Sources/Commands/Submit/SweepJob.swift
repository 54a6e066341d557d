/// A sweep in parts, as all templates need it.
struct SweepJob {
  /// A file that a template makes.
  struct File {
    var name: String
    var text: String
    /// What to do with it, in a line.
    var use: String
  }

  var name: String
  var shards: Int
  /// How many run at the same time.
  var parallel: Int
  var image: String
  var cpus: Int
  var memoryMiB: Int
  /// The sweep's own arguments.
  var sweep: [String]
  /// The files and folders it reads.
  var inputs = SweepInputs()

  /// The arguments of gantry for a part.
  func arguments(store: String, results: String) -> [String] {
    ["sweep"] + sweep + [
      "--threads", "\(cpus)", "--shard", "auto", "--store", store, "--publish", results,
    ]
  }

  /// A text as a JSON string, which YAML takes too.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A list of texts in one line of JSON or YAML.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A word as a shell takes it literally.
  static func shell(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_./=:,@%+#".unicodeScalars.contains($0)
      } && !word.hasPrefix("#")
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
