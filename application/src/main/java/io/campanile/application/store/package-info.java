/// How a store says that it cannot.
@org.jspecify.annotations.NullMarked
package io.campanile.application.store;
