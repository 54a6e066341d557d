import Foundation
import Testing

@Suite("findings in Containerfiles of checkouts")
struct ContainerfileTests {
  /// One task that clones a mapped repository and builds a file of it.
  private func check(_ containerfile: Data, copied: String? = nil) throws -> Gantry.Result {
    let gantry = try Gantry()
    try gantry.write("app/data", "x")
    try containerfile.write(to: gantry.folder.appendingPathComponent("app/Containerfile"))
    if let copied {
      try FileManager.default.createSymbolicLink(
        atPath: gantry.folder.appendingPathComponent("app/\(copied)").path,
        withDestinationPath: "data")
    }
    try gantry.write(
      "scenario.yaml", "manifests: [run.yaml]\nsources:\n  https://github.com/e/app: app\n")
    try gantry.write(
      "run.yaml",
      """
      apiVersion: tekton.dev/v1
      kind: TaskRun
      metadata: {name: build}
      spec:
        taskSpec:
          steps:
          - name: build
            image: quay.io/buildah/stable
            script: |
              git clone https://github.com/e/app /workspace/app
              buildah bud -t x /workspace/app
      """)
    return try gantry("check", "scenario.yaml")
  }

  @Test("a missing source is shown with its line in the file that the user knows")
  func missing() throws {
    let result = try check(Data("FROM fedora:39\nCOPY nothing /x\n".utf8))
    #expect(result.status == 65)
    let told =
      "app/Containerfile:2:6: warning: step 'build': the build fails here: COPY names 'nothing'"
    #expect(result.errors.contains(told), "\(result.errors)")
    #expect(result.errors.contains("COPY nothing /x\n     ^\n"), "\(result.errors)")
    #expect(result.errors.contains("exited with code 125"))
  }

  @Test("links are files of the checkout")
  func links() throws {
    let result = try check(Data("FROM fedora:39\nCOPY link /x\n".utf8), copied: "link")
    #expect(!result.errors.contains("W0434"), "\(result.errors)")
    #expect(result.status == 0)
  }

  @Test("a comment in an old encoding is no mistake, a binary file is one with its place")
  func encodings() throws {
    // "# é" in Latin-1.
    var latin = Data("FROM fedora:39\n# ".utf8)
    latin.append(0xE9)
    latin.append(contentsOf: Data("\nCOPY data /x\n".utf8))
    let read = try check(latin)
    #expect(read.status == 0, "\(read.errors)")
    #expect(!read.errors.contains("app/Containerfile"), "\(read.errors)")
    let binary = try check(Data([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x00, 0xFF]))
    #expect(binary.status == 65)
    #expect(binary.errors.contains("app/Containerfile:1:6: warning: step 'build': the file is no"))
  }
}
