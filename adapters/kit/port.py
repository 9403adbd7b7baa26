"""What a port is to the kit: three tables of functions, by the names that programs use. What is in none of them is
getattr(object, name)(...)."""

import operator


class Port:
    def __init__(self, makers, operations, functions):
        self.makers = makers  # who makes an object out of nothing, or two: a tuple
        self.operations = operations  # what is done to an object by a name that is not a method's
        self.functions = functions  # what a process does to itself

    def make(self, name, args, kwargs):
        made = self.makers[name](*args, **kwargs)
        return list(made) if isinstance(made, tuple) else [made]

    def make_by(self, target, name, args, kwargs):
        """What another object makes, of which there is one."""
        return [getattr(target, name)(*args, **kwargs)]

    def call(self, target, name, args, kwargs):
        if name in self.operations:
            return self.operations[name](target, *args, **kwargs)
        return operator.attrgetter(name)(target)(*args, **kwargs)

    def reach(self, form, target, name, args):
        """Reads or writes an attribute, an item or a slice of the object, or of the attribute `name` of it."""
        if form == "write":
            return setattr(target, name, args[0])
        found = operator.attrgetter(name)(target) if name else target
        if form == "item_read":
            return found[args[0]]
        if form == "slice_read":
            return found[slice(*args)]
        if form == "item_write":
            found[args[0]] = args[1]
            return None
        if form == "slice_write":
            found[slice(*args[:3])] = args[3]
            return None
        return found
