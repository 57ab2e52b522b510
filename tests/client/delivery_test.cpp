#include <openline/client/delivery.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace openline;

namespace {

using Texts = std::vector<std::string>;

constexpr DeliveryTerms generous{0, 65'536, 256};

/// A delivery whose sockets the fakes hold open, and what it reported, in words.
struct DeliveryOnFakes {
  FakePlatform fakes;
  Platform platform = fakes.ports();
  Reports reported;
  Delivery delivery{*platform.sockets, reported};
  SocketId socket;

  /// The next connection, not welcomed yet.
  void connect() {
    socket = socket.next();
    fakes.sockets->texts.clear();
    REQUIRE(platform.sockets->open(socket, SocketRequest{"ws://here", "", BinaryType::blob}));
    delivery.hold();
  }
  bool resume(const DeliveryTerms& terms = generous) { return delivery.resume(socket, terms); }
  void begin(const DeliveryTerms& terms = generous) {
    connect();
    REQUIRE(resume(terms));
  }
  SendOutcome give(std::uint32_t handle, std::uint64_t bytes = 10) {
    return delivery.give(socket, {{handle}, bytes, Instant::never()});
  }
  void give_up_to(std::uint32_t last) {
    for (std::uint32_t handle = 1; handle <= last; ++handle) {
      REQUIRE(give(handle) == SendOutcome::sent);
    }
  }
  [[nodiscard]] const Texts& texts() const { return fakes.sockets->texts; }
  std::string reports() {
    std::string all = describe_all(reported);
    reported.clear();
    return all;
  }
};

}  // namespace

TEST_CASE("delivery: nothing leaves before the server has welcomed the connection", "[client]") {
  DeliveryOnFakes line;
  line.connect();
  CHECK(line.give(1) == SendOutcome::not_open);
  REQUIRE(line.resume());
  CHECK(line.give(1) == SendOutcome::sent);
  CHECK(line.texts() == Texts{"[2,1,#1]"});
}

TEST_CASE("delivery: messages are numbered as they leave, and kept", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  CHECK(line.texts() == Texts{"[2,1,#1]", "[2,2,#2]", "[2,3,#3]"});
  CHECK(line.delivery.first_seq() == 1);
  CHECK(line.reports().empty());
}

TEST_CASE("delivery: what the socket does not take gets no number", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.fakes.sockets->outcomes = {SendOutcome::failed, SendOutcome::not_open};
  CHECK(line.give(1) == SendOutcome::failed);
  CHECK(line.give(2) == SendOutcome::not_open);
  CHECK(line.give(3) == SendOutcome::sent);
  CHECK(line.texts() == Texts{"[2,1,#3]"});
}

TEST_CASE("delivery: an ack settles all up to it, once", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  CHECK(line.delivery.settle(2));
  CHECK(line.reports() == "settled 1 acked; settled 2 acked");
  CHECK(line.delivery.settle(2));
  CHECK(line.delivery.settle(1));  // it never goes back
  CHECK(line.delivery.settle(0));
  CHECK(line.reports().empty());
  CHECK(line.delivery.first_seq() == 3);
}

TEST_CASE("delivery: an ack of what was never sent is no ack, and changes nothing", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  CHECK_FALSE(line.delivery.settle(1));
  line.give_up_to(2);
  CHECK_FALSE(line.delivery.settle(3));
  CHECK_FALSE(line.delivery.reject(3, 4400, "no"));
  CHECK_FALSE(line.delivery.reject(0, 4400, "no"));
  CHECK(line.reports().empty());
  CHECK(line.delivery.unacked().messages().size() == 2);
}

TEST_CASE("delivery: what is rejected settles those before it", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  CHECK(line.delivery.reject(2, 4400, "no"));
  CHECK(line.reports() == "settled 1 acked; settled 2 rejected 4400 no");
  CHECK(line.delivery.reject(2, 4400, "again"));
  CHECK(line.reports().empty());
  CHECK(line.delivery.settle(3));
  CHECK(line.reports() == "settled 3 acked");
}

TEST_CASE("delivery: a reply names the message that it answers, while that is under way",
          "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  REQUIRE(line.delivery.settle(1));
  line.reports();
  line.delivery.reply(2, "{\"id\":17}");
  line.delivery.reply(1, "late");
  line.delivery.reply(4, "early");
  line.delivery.reply(0, "none");
  CHECK(line.reports() == "reply 2 {\"id\":17}");
}

TEST_CASE("delivery: what is not settled leaves again on the next connection, in order",
          "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(4);
  REQUIRE(line.delivery.settle(1));
  line.reports();
  line.connect();
  CHECK(line.texts().empty());
  CHECK(line.resume({2, 65'536, 256}));  // the ack of 2 was lost with the socket
  CHECK(line.reports() == "settled 2 acked");
  CHECK(line.texts() == Texts{"[2,3,#3]", "[2,4,#4]"});
  CHECK(line.give(5) == SendOutcome::sent);
  CHECK(line.texts().back() == "[2,5,#5]");
}

TEST_CASE("delivery: what is not settled leaves again as far as the window has become smaller",
          "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  line.begin({0, 65'536, 1});
  CHECK(line.texts() == Texts{"[2,1,#1]"});
  CHECK(line.give(4) == SendOutcome::not_open);
  REQUIRE(line.delivery.settle(1));
  line.delivery.send_again(line.socket);
  CHECK(line.texts() == Texts{"[2,1,#1]", "[2,2,#2]"});
  REQUIRE(line.delivery.settle(3));  // 3 had left on the connection before
  line.delivery.send_again(line.socket);
  CHECK(line.give(4) == SendOutcome::sent);
  CHECK(line.texts().back() == "[2,4,#4]");
}

TEST_CASE("delivery: a server that settles what was never sent gets nothing", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(1);
  line.connect();
  CHECK_FALSE(line.resume({2, 65'536, 256}));
  CHECK(line.texts().empty());
  CHECK(line.reports().empty());
  CHECK(line.give(2) == SendOutcome::not_open);
}

TEST_CASE("delivery: nothing overtakes a message that could not leave again", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(3);
  line.connect();
  line.fakes.sockets->outcomes = {SendOutcome::sent,
                                  GENERATE(SendOutcome::not_open, SendOutcome::failed)};
  CHECK(line.resume());
  CHECK(line.texts() == Texts{"[2,1,#1]"});
  CHECK(line.give(4) == SendOutcome::not_open);
  line.begin();
  CHECK(line.texts() == Texts{"[2,1,#1]", "[2,2,#2]", "[2,3,#3]"});
}

TEST_CASE("delivery: the window of the server is kept to", "[client]") {
  DeliveryOnFakes line;
  line.begin({0, 65'536, 2});
  line.give_up_to(2);
  CHECK(line.give(3) == SendOutcome::not_open);
  REQUIRE(line.delivery.settle(1));
  CHECK(line.give(3) == SendOutcome::sent);
  CHECK(line.give(4) == SendOutcome::not_open);
}

TEST_CASE("delivery: at most 256 KiB are under way", "[client]") {
  DeliveryOnFakes line;
  line.begin({0, 1'000'000, 256});
  CHECK(line.give(1, 262'000) == SendOutcome::sent);
  CHECK(line.give(2, 145) == SendOutcome::not_open);
  CHECK(line.give(3, 144) == SendOutcome::sent);
  REQUIRE(line.delivery.settle(2));
  CHECK(line.give(4, 900'000) == SendOutcome::sent);  // a single one may be larger
}

TEST_CASE("delivery: what is larger than a frame may be is settled without being sent",
          "[client]") {
  DeliveryOnFakes line;
  line.begin({0, 100, 256});
  // "[2,1," and "]" stand around it.
  CHECK(line.give(1, 95) == SendOutcome::sent);
  CHECK(line.reports() == "settled 1 too large");
  CHECK(line.texts().empty());
  CHECK(line.give(2, 94) == SendOutcome::sent);
  CHECK(line.texts() == Texts{"[2,1,#2]"});  // the number was not used up
}

TEST_CASE("delivery: what is given up has no known end, and numbers begin anew", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  CHECK_FALSE(line.delivery.give_up());
  line.give_up_to(3);
  REQUIRE(line.delivery.settle(1));
  line.reports();
  CHECK(line.delivery.give_up());
  CHECK(line.reports() == "settled 2 unknown; settled 3 unknown");
  CHECK(line.delivery.first_seq() == 1);
  CHECK_FALSE(line.delivery.give_up());
  line.begin();
  CHECK(line.give(4) == SendOutcome::sent);
  CHECK(line.texts() == Texts{"[2,1,#4]"});
}

TEST_CASE("delivery: where nothing is given up, numbers go on", "[client]") {
  DeliveryOnFakes line;
  line.begin();
  line.give_up_to(1);
  REQUIRE(line.delivery.settle(1));
  CHECK_FALSE(line.delivery.give_up());
  CHECK(line.give(2) == SendOutcome::sent);
  CHECK(line.texts().back() == "[2,2,#2]");
}
