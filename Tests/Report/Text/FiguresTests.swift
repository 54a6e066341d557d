import Testing

@testable import GantryReport

@Suite struct FiguresTests {
  @Test(
    "durations in tables",
    arguments: zip(
      [0, 0.01, 0.05, 0.35, 9.96, 12.34, 59.94, 59.96, 60, 252.3, 3599.94, 3600, 3599.97, 90_061],
      [
        "0s", "<0.1s", "0.1s", "0.4s", "10.0s", "12.3s", "59.9s", "1m00.0s", "1m00.0s", "4m12.3s",
        "59m59.9s", "1h00m00s", "1h00m00s", "1d01h01m",
      ]))
  func durations(_ seconds: Double, _ text: String) {
    #expect(Figures.duration(seconds) == text)
  }

  @Test(
    "durations in sentences",
    arguments: zip(
      [0.35, 9.94, 9.96, 59.6, 252.3, -78.3, .infinity],
      ["0.4s", "9.9s", "10s", "1m00s", "4m12s", "-1m18s", "infs"]))
  func spoken(_ seconds: Double, _ text: String) {
    #expect(Figures.spoken(seconds) == text)
  }

  @Test(
    "money of a run has three digits",
    arguments: zip(
      [0, 0.0712, 0.00712, 0.5, 1.234, 12.345, 999.994, 1047.4, -0.0712, 1e-12],
      [
        "USD 0.00", "USD 0.0712", "USD 0.00712", "USD 0.500", "USD 1.23", "USD 12.35",
        "USD 999.99", "USD 1,047", "USD -0.0712", "USD 0.000000000",
      ]))
  func money(_ amount: Double, _ text: String) {
    #expect(Figures.usd(amount).plainSpaces == text)
  }

  @Test(
    "money of a month has whole dollars",
    arguments: zip(
      [0, 0.3, 0.5, 1047.4, 1_234_567], ["USD 0", "<USD 1", "USD 1", "USD 1,047", "USD 1,234,567"]
    ))
  func month(_ amount: Double, _ text: String) {
    #expect(Figures.wholeUSD(amount).plainSpaces == text)
  }

  @Test(
    "shares",
    arguments: zip(
      [0, 0.004, 0.012, 0.0996, 0.31, 0.9949, 0.996, 1, .nan],
      ["0 %", "<1 %", "1.2 %", "10 %", "31 %", "99 %", ">99 %", "100 %", ""]))
  func percent(_ share: Double, _ text: String) {
    #expect(Figures.percent(share).plainSpaces == text)
  }

  @Test(
    "figures of any size",
    arguments: zip(
      [1, 0.05, 180, 12.5, 0.0265, 2e-8, 12_000, 0.333333],
      ["1", "0.05", "180", "12.5", "0.0265", "0.00000002", "12,000", "0.333"]))
  func plain(_ value: Double, _ text: String) {
    #expect(Figures.plain(value) == text)
  }

  @Test(
    "bytes",
    arguments: zip(
      [0, 12, 850e6, 6.6e9, 66e9, 2e12], ["0", "12 B", "850 MB", "6.6 GB", "66 GB", "2.0 TB"]))
  func bytes(_ count: Double, _ text: String) {
    #expect(Figures.bytes(count) == text)
  }

  @Test(
    "texts are as wide as terminals draw them",
    arguments: zip(["abc", "日本", "é", "e\u{301}", "👩‍🚀", ""], [3, 4, 1, 1, 2, 0]))
  func width(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test("long names lose their middle, long lines break at spaces")
  func shortening() {
    #expect("build-amd64-native".shortened(to: 11, ellipsis: "…") == "build…ative")
    #expect("日本語日本語".shortened(to: 6, ellipsis: "…") == "日…語")
    #expect("abc".shortened(to: 0, ellipsis: "…") == "")
    #expect("aa bb cc".wrapped(to: 5) == ["aa bb", "cc"])
    #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
    #expect("".wrapped(to: 5) == [""])
  }
}
