// The build-farm model in lean C++: a 4-ary heap of 16-byte events, and max-min fair flows with one
// virtual clock for all nodes that have equally many flows.
#include <limits>
#include <memory>
#include <thread>

#include "farm.hpp"

namespace {

using farm::Parameters;
constexpr double never = std::numeric_limits<double>::infinity();

// Memory for a heap whose four children of a place share a cache line.
template <typename Element>
struct Line {
  struct Free {
    void operator()(Element *memory) const { std::free(memory); }
  };
  using Memory = std::unique_ptr<Element[], Free>;
  static Memory allocate(size_t count) {
    void *memory = std::aligned_alloc(64, (count * sizeof(Element) + 63) / 64 * 64);
    if (!memory) std::abort();
    return Memory(static_cast<Element *>(memory));
  }
};

// In a heap the root is at 3; so the children of i are 4i − 8 to 4i − 5, an aligned group of four.
constexpr uint32_t root = 3;
inline uint32_t firstChild(uint32_t i) { return 4 * i - 8; }
inline uint32_t parent(uint32_t i) { return i / 4 + 2; }

// Ends of delays by (time, order of scheduling). A word holds time, number and slot, from high to
// low; times are not negative, so their bits have their order. Places after the end hold `last`.
class DelayQueue {
 public:
  explicit DelayQueue(uint32_t capacity)
      : heap(Line<Word>::allocate(capacity + 12)) {
    std::fill_n(heap.get(), capacity + 12, last);
  }

  void clear() {
    std::fill_n(heap.get() + root, size, last);
    size = number = 0;
  }

  double soonest() const {
    const uint64_t bits = uint64_t(heap[root] >> 64);
    double time;
    std::memcpy(&time, &bits, 8);
    return time;
  }

  void push(double time, uint32_t slot) {
    uint64_t bits;
    std::memcpy(&bits, &time, 8);
    rise(root + size++, Word(bits) << 64 | uint64_t(number++) << 32 | slot);
  }

  uint32_t pop() {
    const uint32_t slot = uint32_t(heap[root]);
    const uint32_t end = root + --size;
    const Word moved = heap[end];
    heap[end] = last;
    uint32_t hole = root;
    for (uint32_t child; (child = firstChild(hole)) < end;) {
      const Word *four = &heap[child];
      const uint32_t low = four[1] < four[0], high = 2 + (four[3] < four[2]);
      const uint32_t least = four[high] < four[low] ? high : low;
      heap[hole] = four[least];
      hole = child + least;
    }
    if (hole < end) rise(hole, moved);
    return slot;
  }

 private:
  __extension__ typedef unsigned __int128 Word;
  // Infinity as time.
  static constexpr Word last = Word(0x7FF0000000000000u) << 64 | UINT64_MAX;
  Line<Word>::Memory heap;
  uint32_t size = 0, number = 0;

  void rise(uint32_t hole, Word word) {
    while (hole > root && word < heap[parent(hole)]) {
      heap[hole] = heap[parent(hole)];
      hole = parent(hole);
    }
    heap[hole] = word;
  }
};

// Nodes with equally many flows, by the value of their class's clock at their next end of a flow.
class NodeHeap {
 public:
  NodeHeap(uint32_t nodes, uint32_t *places)
      : heap(Line<Entry>::allocate(nodes + 12)), places(places) {
    std::fill_n(heap.get(), nodes + 12, Entry{never, 0});
  }

  uint32_t count() const { return size; }
  double soonest() const { return heap[root].end; }
  uint32_t soonestNode() const { return heap[root].node; }

  void clear() {
    std::fill_n(heap.get() + root, size, Entry{never, 0});
    size = 0;
  }
  void push(double end, uint32_t node) { rise(root + size++, {end, node}); }
  void remove(uint32_t node) { removeAt(places[node]); }
  void pop() { removeAt(root); }

 private:
  struct Entry {
    double end;
    uint64_t node;
  };
  Line<Entry>::Memory heap;
  uint32_t *places;
  uint32_t size = 0;

  void put(uint32_t place, Entry entry) {
    heap[place] = entry;
    places[entry.node] = place;
  }
  void rise(uint32_t hole, Entry entry) {
    while (hole > root && entry.end < heap[parent(hole)].end) {
      put(hole, heap[parent(hole)]);
      hole = parent(hole);
    }
    put(hole, entry);
  }
  void removeAt(uint32_t hole) {
    const uint32_t end = root + --size;
    const Entry moved = heap[end];
    heap[end].end = never;
    for (uint32_t child; (child = firstChild(hole)) < end;) {
      const Entry *four = &heap[child];
      const uint32_t low = four[1].end < four[0].end, high = 2 + (four[3].end < four[2].end);
      const uint32_t least = four[high].end < four[low].end ? high : low;
      put(hole, four[least]);
      hole = child + least;
    }
    if (hole < end) rise(hole, moved);
  }
};

// Flows through the card of a node and the hub, max-min fair.
//
// All flows of a node have the rate min(λ, card ÷ flows of the node). So nodes with equally many
// flows form a class with one clock, which counts the MB that each flow of it has got. A node keeps
// the ends of its flows on a clock of its own, which lies `offset` after that of its class.
class Network {
 public:
  explicit Network(const Parameters &p)
      : hub(p.hubCapacity()), width(p.slotsPerNode), count(p.nodes), offset(p.nodes),
        places(p.nodes), ends(size_t(p.nodes) * width), payloads(size_t(p.nodes) * width),
        classes(width + 1) {
    for (uint32_t flows = 0; flows <= width; ++flows) heaps.emplace_back(p.nodes, places.data());
    clear();
  }

  void clear() {
    std::fill(count.begin(), count.end(), 0);
    for (NodeHeap &heap : heaps) heap.clear();
    for (uint32_t flows = 1; flows <= width; ++flows)
      classes[flows] = {0, 0, farm::cardCapacity / flows, flows / farm::cardCapacity, never};
    active = 0;
    tight = false;
    soonestEnd = never;
  }

  double soonest() const { return soonestEnd; }

  void start(uint32_t node, double volume, uint32_t payload, double now) {
    const uint32_t flows = count[node];
    double clock = 0;
    if (flows) {
      advance(classes[flows], now);
      clock = classes[flows].clock + offset[node];
      heaps[flows].remove(node);
      schedule(flows);
    } else {
      ++active;
    }
    insert(node, flows, clock + volume, payload);
    enter(node, flows + 1, clock, now);
    settle(now);
  }

  // Ends the soonest flow and gives its payload.
  uint32_t end(double now) {
    const uint32_t flows = soonestClass;
    Class &left = classes[flows];
    const uint32_t node = heaps[flows].soonestNode();
    left.clock = heaps[flows].soonest();
    left.at = now;
    heaps[flows].pop();
    schedule(flows);
    const size_t flow = size_t(node) * width + flows - 1;
    if (flows > 1) {
      enter(node, flows - 1, ends[flow], now);
    } else {
      count[node] = 0;
      --active;
    }
    settle(now);
    return payloads[flow];
  }

 private:
  struct Class {
    double clock;    // MB that a flow of this class has got, at `at`
    double at;       // seconds
    double rate;     // MB/s of a flow
    double inverse;  // 1 ÷ rate
    double end;      // when a flow of this class ends next
  };

  double hub;
  uint32_t width;
  std::vector<uint32_t> count;
  std::vector<double> offset;
  std::vector<uint32_t> places;
  std::vector<double> ends;  // of each node the latest first
  std::vector<uint32_t> payloads;
  std::vector<Class> classes;
  std::vector<NodeHeap> heaps;
  uint32_t active = 0;
  bool tight = false;
  double soonestEnd = never;
  uint32_t soonestClass = 0;

  static void advance(Class &one, double now) {
    one.clock += one.rate * (now - one.at);
    one.at = now;
  }

  void schedule(uint32_t flows) {
    Class &one = classes[flows];
    one.end = one.at + (heaps[flows].soonest() - one.clock) * one.inverse;
  }

  void insert(uint32_t node, uint32_t flows, double end, uint32_t payload) {
    double *theirEnds = &ends[size_t(node) * width];
    uint32_t *theirPayloads = &payloads[size_t(node) * width];
    uint32_t place = flows;
    for (; place > 0 && theirEnds[place - 1] <= end; --place) {
      theirEnds[place] = theirEnds[place - 1];
      theirPayloads[place] = theirPayloads[place - 1];
    }
    theirEnds[place] = end;
    theirPayloads[place] = payload;
  }

  void enter(uint32_t node, uint32_t flows, double clock, double now) {
    count[node] = flows;
    Class &one = classes[flows];
    advance(one, now);
    offset[node] = clock - one.clock;
    heaps[flows].push(ends[size_t(node) * width + flows - 1] - offset[node], node);
    schedule(flows);
  }

  void settle(double now) {
    const bool full = active * farm::cardCapacity > hub;
    if (full | tight) share(now);
    tight = full;
    soonestEnd = classes[1].end;
    soonestClass = 1;
    for (uint32_t flows = 2; flows <= width; ++flows) {
      const bool sooner = classes[flows].end < soonestEnd;
      soonestEnd = sooner ? classes[flows].end : soonestEnd;
      soonestClass = sooner ? flows : soonestClass;
    }
  }

  // Fills the hub: first the nodes of most flows, whose cards give a flow least.
  void share(double now) {
    double left = hub;
    double flowsLeft = 0;
    for (uint32_t flows = 1; flows <= width; ++flows) flowsLeft += flows * heaps[flows].count();
    uint32_t flows = width;
    for (; flows > 0 && flowsLeft > 0; --flows) {
      const double card = farm::cardCapacity / flows;
      if (card * flowsLeft > left) break;
      setRate(flows, card, now);
      left -= farm::cardCapacity * heaps[flows].count();
      flowsLeft -= flows * heaps[flows].count();
    }
    const double even = flowsLeft > 0 ? left / flowsLeft : never;
    for (; flows > 0; --flows) setRate(flows, std::min(even, farm::cardCapacity / flows), now);
  }

  void setRate(uint32_t flows, double rate, double now) {
    Class &one = classes[flows];
    if (rate == one.rate) return;
    advance(one, now);
    one.rate = rate;
    one.inverse = 1 / rate;
    schedule(flows);
  }
};

// The free slots of the nodes of one architecture.
class FreeSlots {
 public:
  FreeSlots(uint32_t first, uint32_t nodes, uint32_t slotsPerNode)
      : first(first), width(slotsPerNode), slots(nodes), nodes((nodes + 63) / 64) {
    clear();
  }

  void clear() {
    std::fill(slots.begin(), slots.end(), ~uint64_t(0) >> (64 - width));
    std::fill(nodes.begin(), nodes.end(), ~uint64_t(0));
    if (slots.size() % 64) nodes.back() = (uint64_t(1) << slots.size() % 64) - 1;
    lowest = 0;
  }

  // Takes a slot of the lowest node that has one; false if none has.
  bool take(uint32_t &slot) {
    while (lowest < nodes.size() && !nodes[lowest]) ++lowest;
    if (lowest == nodes.size()) return false;
    const uint32_t node = lowest * 64 + __builtin_ctzll(nodes[lowest]);
    slot = (first + node) * width + __builtin_ctzll(slots[node]);
    slots[node] &= slots[node] - 1;
    nodes[lowest] &= ~(uint64_t(!slots[node]) << node % 64);
    return true;
  }

  void free(uint32_t slot, uint32_t node) {
    const uint32_t own = node - first;
    slots[own] |= uint64_t(1) << (slot - node * width);
    nodes[own / 64] |= uint64_t(1) << own % 64;
    lowest = std::min(lowest, own / 64);
  }

 private:
  uint32_t first, width, lowest = 0;
  std::vector<uint64_t> slots, nodes;  // a bit for each free slot of a node, each node with one
};

// Tasks that wait, first come first served: a ring of words that hold run and task.
class ReadyQueue {
 public:
  bool empty() const { return head == tail; }
  void clear() { head = tail = 0; }
  uint32_t pop() { return ring[head++ & (ring.size() - 1)]; }
  void push(uint32_t job) {
    if (tail - head == ring.size()) grow();
    ring[tail++ & (ring.size() - 1)] = job;
  }

 private:
  std::vector<uint32_t> ring = std::vector<uint32_t>(1024);
  uint32_t head = 0, tail = 0;

  void grow() {
    std::vector<uint32_t> wider(2 * ring.size());
    const uint32_t count = tail - head;
    for (uint32_t i = 0; i < count; ++i) wider[i] = ring[(head + i) & (ring.size() - 1)];
    ring.swap(wider);
    head = 0;
    tail = count;
  }
};

class Farm {
 public:
  explicit Farm(const Parameters &p)
      : parameters(p), inputs(p), delays(p.nodes * p.slotsPerNode), network(p),
        freeAMD64(0, p.nodes / 2, p.slotsPerNode),
        freeARM64(p.nodes / 2, p.nodes / 2, p.slotsPerNode), jobs(p.nodes * p.slotsPerNode),
        stages(jobs.size()), nodes(jobs.size()), buildsLeft(p.runs), arrivals(p.runs),
        completions(p.runs) {
    for (uint32_t slot = 0; slot < nodes.size(); ++slot) nodes[slot] = slot / p.slotsPerNode;
  }

  void reset(uint64_t seed) {
    parameters.seed = seed;
    inputs = farm::Inputs(parameters);
    delays.clear();
    network.clear();
    freeAMD64.clear();
    freeARM64.clear();
    readyAMD64.clear();
    readyARM64.clear();
    nextRun = 0;
    events = 0;
    now = 0;
  }

  void play() {
    double arrival = inputs.gap(0);
    for (;; ++events) {
      const double delay = delays.soonest(), flow = network.soonest();
      if (arrival <= delay && arrival <= flow) {
        if (arrival == never) return;
        now = arrival;
        arrival = arrive();
      } else if (delay <= flow) {
        now = delay;
        endDelay();
      } else {
        now = flow;
        endFlow();
      }
    }
  }

  farm::Result result() const { return {events, now, arrivals, completions}; }

 private:
  enum Stage : uint8_t { starting, reading, computing, writing };

  Parameters parameters;
  farm::Inputs inputs;
  DelayQueue delays;
  Network network;
  FreeSlots freeAMD64, freeARM64;
  ReadyQueue readyAMD64, readyARM64;
  std::vector<uint32_t> jobs;  // of a slot: 4 × run + task
  std::vector<uint8_t> stages;
  std::vector<uint32_t> nodes;
  std::vector<uint8_t> buildsLeft;
  std::vector<double> arrivals, completions;
  uint32_t nextRun = 0;
  uint64_t events = 0;
  double now = 0;

  double arrive() {
    const uint32_t run = nextRun++;
    arrivals[run] = now;
    ready(4 * run);
    return nextRun < parameters.runs ? now + inputs.gap(nextRun) : never;
  }

  void ready(uint32_t job) {
    const bool arm64 = farm::onARM64(job & 3);
    ReadyQueue &queue = arm64 ? readyARM64 : readyAMD64;
    uint32_t slot;
    if (queue.empty() && (arm64 ? freeARM64 : freeAMD64).take(slot)) occupy(slot, job);
    else queue.push(job);
  }

  void occupy(uint32_t slot, uint32_t job) {
    jobs[slot] = job;
    stages[slot] = starting;
    delays.push(now + farm::overhead, slot);
  }

  void endDelay() {
    const uint32_t slot = delays.pop(), run = jobs[slot] >> 2, task = jobs[slot] & 3;
    const bool reads = stages[slot] == starting;
    ++stages[slot];
    const double volume = reads ? inputs.reads(run, task) : inputs.writes(run, task);
    network.start(nodes[slot], volume, slot, now);
  }

  void endFlow() {
    const uint32_t slot = network.end(now), job = jobs[slot];
    if (stages[slot] == reading) {
      stages[slot] = computing;
      delays.push(now + inputs.computes(job >> 2, job & 3), slot);
    } else {
      release(slot, farm::onARM64(job & 3));
      finish(job);
    }
  }

  // The first that waits gets the slot: while one waits, no other slot is free.
  void release(uint32_t slot, bool arm64) {
    ReadyQueue &queue = arm64 ? readyARM64 : readyAMD64;
    if (!queue.empty()) occupy(slot, queue.pop());
    else (arm64 ? freeARM64 : freeAMD64).free(slot, nodes[slot]);
  }

  void finish(uint32_t job) {
    const uint32_t run = job >> 2;
    switch (job & 3) {
      case 0:
        buildsLeft[run] = 2;
        ready(job + 1);
        ready(job + 2);
        break;
      case 3:
        completions[run] = now;
        break;
      default:
        if (!--buildsLeft[run]) ready(4 * run + 3);
    }
  }
};

void playOnce(const farm::Options &options) {
  const double start = farm::processorSeconds();
  Farm farm(options.parameters);
  const double ready = farm::processorSeconds();
  farm.play();
  const double seconds = farm::processorSeconds() - ready;
  farm::report("cpp", options, farm.result(), ready - start, seconds);
}

void replicate(const farm::Options &options) {
  const double startProcessor = farm::processorSeconds(), startWall = farm::wallSeconds();
  std::vector<double> makespans(options.replications);
  std::vector<uint64_t> events(options.threads);
  const auto work = [&](uint32_t worker) {
    Farm farm(options.parameters);
    uint64_t sum = 0;
    for (uint64_t i = worker; i < makespans.size(); i += options.threads) {
      farm.reset(i + 1);
      farm.play();
      makespans[i] = farm.result().makespan;
      sum += farm.result().events;
    }
    events[worker] = sum;
  };
  std::vector<std::thread> others;
  for (uint32_t worker = 1; worker < options.threads; ++worker) others.emplace_back(work, worker);
  work(0);
  for (std::thread &other : others) other.join();
  uint64_t sum = 0;
  for (uint64_t count : events) sum += count;
  farm::reportReplications("cpp", options, sum, makespans,
                           farm::processorSeconds() - startProcessor,
                           farm::wallSeconds() - startWall);
}

}  // namespace

int main(int count, char **arguments) {
  const farm::Options options(count, arguments);
  if (options.replications) replicate(options);
  else playOnce(options);
}
