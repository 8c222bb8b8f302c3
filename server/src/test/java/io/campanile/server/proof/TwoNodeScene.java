package io.campanile.server.proof;

import io.campanile.server.proof.Cluster.Trait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.List;

/// Two nodes for all tests of a class, which keep out of each other's way by the names of their
/// campaigns and the addresses they write to. The receiver keeps whole mails.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoNodeScene {
    Cluster cluster;
    Node one;
    Node two;

    @BeforeAll
    void startsTwoNodes() throws IOException {
        cluster = Cluster.create(Trait.KEEPS_MAILS);
        List<Node> nodes = cluster.startAll("one", "two");
        one = nodes.get(0);
        two = nodes.get(1);
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }
}
