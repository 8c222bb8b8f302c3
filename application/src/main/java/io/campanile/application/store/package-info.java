/// How a store says that it cannot, and what keeps the rest going then.
@org.jspecify.annotations.NullMarked
package io.campanile.application.store;
