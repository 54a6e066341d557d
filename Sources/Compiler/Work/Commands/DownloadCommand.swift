import GantryModel

/// curl and wget.
struct DownloadCommand: CommandModel {
  let names = ["curl", "wget"]

  private static let valued: Set<String> = [
    "-o", "--output", "-O", "--output-document", "-H", "--header", "-d", "--data", "-X",
    "--request", "-u", "--user", "-F", "--retry", "--max-time", "-m", "-P", "-w", "--cacert",
    "--connect-timeout", "--data-binary", "-T",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    // curl's -O takes no value, wget's does.
    let valued = call.name == "curl" ? Self.valued.subtracting(["-O"]) : Self.valued
    let options = CommandOptions(call.texts, valued: valued, bundled: true)
    var printed: ByteStream?
    for url in options.operands where !url.isEmpty {
      let bytes = scene.value(.downloadBytes)
      var demands = scene.download(
        Self.host(of: url), bytes: bytes, requests: 2, connections: 1)
      let isSaved = call.name == "wget" || options.has("-o", "--output", "-O", "--remote-name")
      let name =
        options.value("-o", "--output", "-O", "--output-document")
        ?? url.split(separator: "/").last.map(String.init) ?? "index.html"
      if isSaved, name != "-", name != "/dev/null" {
        let place = scene.paths.place(name, from: call.directory)
        demands += scene.bigFile(.write, place.volume, bytes)
        scene.remember(Tree(bytes: bytes, files: 1, content: .packed), at: place)
      } else if name != "/dev/null" {
        let stream = ByteStream(bytes: bytes, content: .packed, label: call.name)
        printed = ShellInterpreter.joined(printed, stream)
      }
      scene.emit("\(call.name): download", kind: .files, demands)
    }
    scene.countFree()
    return .printing(printed)
  }

  /// The host of a URL.
  static func host(of url: String) -> String {
    var rest = Substring(url)
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let host = rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" }
    return host.isEmpty ? "an unknown server" : String(host).shortened(to: 80)
  }
}
