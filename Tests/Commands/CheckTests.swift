import Foundation
import Testing

@Suite("gantry check for CI")
struct CheckTests {
  private func program(selector: String) throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests(selector: selector))
    return gantry
  }

  @Test("an error leaves with 65, a warning only when --fail-on says so")
  func exitCodes() throws {
    let impossible = try program(selector: "kubernetes.io/arch: s390x")
    #expect(try impossible("check", "naps.yaml").status == 65)
    #expect(try impossible("check", "naps.yaml", "--fail-on", "never").status == 0)
    let deprecated = try program(selector: "beta.kubernetes.io/arch: arm64")
    #expect(try deprecated("check", "naps.yaml").status == 0)
    #expect(try deprecated("check", "naps.yaml", "--fail-on", "warning").status == 65)
    #expect(try deprecated("check", "naps.yaml", "--fail-on", "grave").status == 64)
  }

  @Test("SARIF names every rule it uses and the place of every finding")
  func sarif() throws {
    let gantry = try program(selector: "beta.kubernetes.io/arch: arm64")
    let result = try gantry("check", "naps.yaml", "--format", "sarif")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    let log = try JSON(result.output)
    #expect(log["version"].text == "2.1.0")
    let run = log["runs"][0]
    let rules = (0..<run["tool"]["driver"]["rules"].count).map {
      run["tool"]["driver"]["rules"][$0]["id"].text
    }
    #expect(rules == rules.sorted { ($0 ?? "") < ($1 ?? "") })
    var codes: Set<String?> = []
    for index in 0..<run["results"].count {
      let finding = run["results"][index]
      codes.insert(finding["ruleId"].text)
      #expect(rules[Int(finding["ruleIndex"].number ?? -1)] == finding["ruleId"].text)
    }
    #expect(codes == Set(rules))
    let label = (0..<run["results"].count).map { run["results"][$0] }
      .first { $0["ruleId"].text == "W0713" }
    let place = label?["locations"][0]["physicalLocation"]
    #expect(place?["artifactLocation"]["uri"].text == "naps.yaml")
    #expect(place?["region"]["startLine"].number == 28)
    #expect(label?["level"].text == "warning")
  }

  @Test("JSON has the same findings for programs")
  func json() throws {
    let gantry = try program(selector: "kubernetes.io/arch: s390x")
    let result = try gantry("check", "naps.yaml", "--format", "json")
    #expect(result.status == 65)
    let input = try JSON(result.output)["inputs"][0]
    #expect(input["valid"].value as? Bool == true)
    let codes = (0..<input["findings"].count).map { input["findings"][$0]["code"].text }
    #expect(codes.contains("E0703") && codes.contains("E0700"))
    for index in 0..<input["findings"].count {
      let finding = input["findings"][index]
      let code = try #require(finding["code"].text)
      let explained = try gantry("check", "--explain", code, "--width", "5000").output
      let explanation = try #require(finding["explanation"].text, "\(code)")
      let remedy = try #require(finding["remedy"].text, "\(code)")
      #expect(explained.contains("\n\n\(explanation)\n\nhelp: \(remedy)\n"), "\(code)")
    }
  }

  @Test("the text ends with where to read more, when there is an error or a warning")
  func hint() throws {
    let hint = "gantry check --explain CODE says more\n"
    let warned = try program(selector: "beta.kubernetes.io/arch: arm64")
    let result = try warned("check", "naps.yaml")
    #expect(result.errors.hasSuffix("1 warning\n" + hint))
    #expect(!result.output.contains("--explain"))
    for format in ["json", "sarif"] {
      let other = try warned("check", "naps.yaml", "--format", format)
      #expect(!(other.output + other.errors).contains("--explain"))
    }
    let fine = try program(selector: "kubernetes.io/arch: arm64")
    #expect(try !fine("check", "naps.yaml").errors.contains("--explain"))
  }

  @Test("mistakes that keep the input from being read come in every format")
  func unreadable() throws {
    let gantry = try Gantry()
    try gantry.write(
      "bad.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: x}\nspec: [\n")
    for format in ["text", "json", "sarif"] {
      let result = try gantry("check", "bad.yaml", "--format", format)
      #expect(result.status == 65, "\(format)")
      #expect((result.output + result.errors).contains("bad.yaml"), "\(format)")
    }
  }

  @Test("steps whose work is guessed come as profiles to fill in, which then replace the guess")
  func stub() throws {
    let gantry = try Gantry()
    let manifests = Files.manifests().replacing("sleep 30", with: "grype dir:.")
    try gantry.write("naps.yaml", manifests)
    let result = try gantry("check", "naps.yaml")
    #expect(result.output.contains("- task: nap\n  step: work\n  cpuSeconds: "))
    #expect(result.output.contains("(grype)"))
    let stub = try #require(result.output.range(of: "profiles:"))
    let filled = result.output[stub.lowerBound...]
    try gantry.write("scenario.yaml", Files.scenario + filled)
    let again = try gantry("check", ".")
    #expect(again.status == 0, "\(again.errors)")
    #expect(!again.output.contains("profiles:"))
    #expect(!again.errors.contains("N0604"))
    try gantry.write("known.yaml", Files.manifests())
    #expect(!(try gantry("check", "known.yaml")).output.contains("profiles:"))
  }

  @Test("a code is explained, an unknown one is bad input")
  func explain() throws {
    let gantry = try Gantry()
    let known = try gantry("check", "--explain", "w0701")
    #expect(known.status == 0)
    #expect(known.output.hasPrefix("W0701: "))
    #expect(known.output.contains("help: "))
    #expect(try gantry("check", "--explain", "all").output.contains("E0700  "))
    let unknown = try gantry("check", "--explain", "W9999")
    #expect(unknown.status == 65)
    for code in ["W0701", "all"] {
      let narrow = try gantry("check", "--explain", code, "--width", "40")
      let widest = narrow.output.split(separator: "\n").map(\.count).max() ?? 0
      #expect(widest > 20 && widest <= 40)
    }
  }

  @Test("of a scenario file that is no YAML, only that is said")
  func damaged() throws {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", "name: [naps\n")
    let result = try gantry("check", ".")
    #expect(result.status == 65)
    let errors = result.errors.split(separator: "\n").filter { $0.contains("error:") }
    #expect(errors.count == 1, "\(result.errors)")
    #expect(!(result.errors + result.output).contains("skipped"))
  }

  @Test("a file in which nothing is, is not valid")
  func nothing() throws {
    let gantry = try Gantry()
    try gantry.write("empty.yaml", "# nothing yet\n")
    let result = try gantry("check", "empty.yaml")
    #expect(result.status == 65)
    #expect(result.errors.contains("empty.yaml:1:1: error: "), "\(result.errors)")
    #expect(result.errors.contains("[E0338]"))
    #expect(result.output.hasPrefix("not valid: "))
    try gantry.write("claim.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n")
    #expect(!(try gantry("check", "claim.yaml")).errors.contains("E0338"))
  }
}
