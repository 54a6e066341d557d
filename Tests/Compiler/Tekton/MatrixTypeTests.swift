import GantryModel
import Testing

@testable import GantryCompiler

@Suite("types of values in a matrix")
struct MatrixTypeTests {
  @Test(
    "a matrix takes lists of texts, and texts in what it includes",
    arguments: [
      (#"{params: [{name: go, value: [1.21, 1.22]}]}"#, true),
      (#"{params: [{name: go, value: one}]}"#, true),
      (#"{params: [{name: go, value: ["1.21", "1.22"]}]}"#, false),
      (#"{params: [{name: go, value: ["$(params.all[*])"]}]}"#, false),
      (#"{include: [{params: [{name: go, value: [a, b]}]}]}"#, true),
      (#"{include: [{params: [{name: go, value: a}]}]}"#, false),
    ])
  func matrixTypes(_ matrix: String, _ isRefused: Bool) {
    let resolution = Resolution(
      """
      apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata: {name: m}
      spec:
        params: [{name: all, value: [x, y]}]
        pipelineSpec:
          tasks:
          - name: t
            matrix: \(matrix)
            taskSpec:
              params: [{name: go}]
              steps: [{name: s, image: busybox, script: echo $(params.go)}]
      """)
    let codes = resolution.findings.filter { $0.severity == .error }.map(\.code)
    #expect(codes == (isRefused ? ["E0431"] : []), "\(resolution.texts)")
  }
}
