/// Where the facts about recipients are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.eligibility.port;
