package io.campanile.testkit.message;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.profile.Identity;

import java.util.List;

/// A broadcast in memory; guarded by its [InMemoryStore].
final class BroadcastRow {
    final NewBroadcast broadcast;
    FanOutState state = FanOutState.WAITING;
    List<List<Identity>> members = List.of();
    boolean paused;
    int written;

    BroadcastRow(NewBroadcast broadcast) {
        this.broadcast = broadcast;
    }

    long unwritten() {
        return (long) members.size() - written;
    }

    BroadcastView view() {
        return new BroadcastView(broadcast.audienceName(), state, paused, members.size(), written);
    }
}
