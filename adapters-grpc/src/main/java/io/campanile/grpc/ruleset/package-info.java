/// `RuleSetService`.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.ruleset;
