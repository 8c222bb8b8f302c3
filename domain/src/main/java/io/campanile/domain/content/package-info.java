/// What a campaign says: templates, the variables they use, and the contract that follows.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.content;
