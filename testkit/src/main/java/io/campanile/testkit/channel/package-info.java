/// Channel configurations for tests, and the contract of the port that keeps them.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.channel;
