// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let kernel = Target.Dependency.product(name: "GantryKernel", package: "gantry")
let simulation = Target.Dependency.product(name: "GantrySimulation", package: "gantry")

let package = Package(
  name: "gantry-benchmarks",
  // Named, because the folder of a checkout can have any name.
  dependencies: [.package(name: "gantry", path: "..")],
  targets: [
    .target(
      name: "FarmModel", dependencies: [kernel], path: "Benchmarks/FarmModel",
      swiftSettings: settings),
    .target(
      name: "BenchmarkMachine", path: "Benchmarks/BenchmarkMachine", swiftSettings: settings),
    .executableTarget(
      name: "FarmBenchmarks", dependencies: ["BenchmarkMachine", "FarmModel"],
      path: "Benchmarks/FarmBenchmarks",
      swiftSettings: settings),
    .executableTarget(
      name: "FlowBenchmarks",
      dependencies: ["BenchmarkMachine", kernel], path: "Benchmarks/FlowBenchmarks",
      swiftSettings: settings),
    .executableTarget(
      name: "SchedulerBenchmarks",
      dependencies: [simulation, kernel], path: "Benchmarks/SchedulerBenchmarks",
      swiftSettings: settings),
    .target(
      name: "ScenarioInput", dependencies: [simulation], path: "Benchmarks/ScenarioInput",
      swiftSettings: settings),
    .executableTarget(
      name: "SimulationBenchmarks",
      dependencies: ["BenchmarkMachine", "ScenarioInput", simulation, kernel],
      path: "Benchmarks/SimulationBenchmarks", swiftSettings: settings),
    .executableTarget(
      name: "StoreBenchmarks",
      dependencies: [
        "BenchmarkMachine", "ScenarioInput", simulation,
        .product(name: "GantryStore", package: "gantry"),
      ],
      path: "Benchmarks/StoreBenchmarks", swiftSettings: settings),
    .testTarget(
      name: "FarmModelTests", dependencies: ["FarmModel"], path: "Tests/FarmModelTests",
      swiftSettings: settings),
  ]
)
