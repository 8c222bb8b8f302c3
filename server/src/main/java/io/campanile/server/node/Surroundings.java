package io.campanile.server.node;

import io.campanile.application.trigger.TimeOrderedIds;

import java.security.SecureRandom;
import java.time.InstantSource;

/// Time, ids and randomness, made once and handed to everything that needs them.
record Surroundings(InstantSource clock, SecureRandom random, TimeOrderedIds ids) {
    static Surroundings ofTheMachine() {
        var random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        return new Surroundings(clock, random, new TimeOrderedIds(clock, random));
    }
}
