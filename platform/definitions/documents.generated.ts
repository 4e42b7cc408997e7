// Made by `npm run generate` from the kinds and the field types; do not edit.

/**
 * A target, one branch, or several of which the first whose guard holds is taken.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "transitions".
 */
export type Transitions = string | Transition | Transition[]
/**
 * A condition.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "guard".
 */
export type Guard = {
  /**
   * An expression over record, event, context and user.
   */
  type: 'when'
  /**
   * What the guard needs.
   */
  params: {
    /**
     * The condition.
     */
    expression: Expression
  }
}
/**
 * Something that the process does.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "action".
 */
export type Action =
  | {
      /**
       * Sets fields of the process's own record.
       */
      type: 'set'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Creates a record; later expressions of the same step see it as `created.<as>`.
       */
      type: 'create'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The object of the new record.
         */
        object: Name
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Rows copied from the own record.
         */
        lines?: {
          /**
           * The lines field of the new record.
           */
          field: Name
          /**
           * A lines field of the own record: `record.lines`; each row is `row` in `values`.
           */
          from: Expression
          /**
           * Expressions by field.
           */
          values: {
            [k: string]: Expression
          }
        }
        /**
         * Name under which later expressions of the step see the new record.
         */
        as?: Name
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Changes a record that the own record refers to.
       */
      type: 'update'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Writes a line into the timeline of the record.
       */
      type: 'note'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Puts a notification into the inbox of people.
       */
      type: 'notify'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, such as `record.owner`.
         */
        to: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an event to the process of a record that the own record refers to.
       */
      type: 'send'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * The event.
         */
        event: Name
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends a request to an outside system, after the step and until it has been received.
       */
      type: 'request'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The connection to which it goes.
         */
        connection: Name
        /**
         * The method; one that the connection admits.
         */
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
        /**
         * The path below the address of the connection, with names in braces for values: `orders/{number}`.
         */
        path: string
        /**
         * The values of the names in the path: {"number": "record.number"}.
         */
        path_values?: {
          [k: string]: Expression
        }
        /**
         * Parameters of the address, by name; a blank is left out.
         */
        query?: {
          [k: string]: Expression
        }
        /**
         * The members of the JSON body. Without it there is none.
         */
        body?: {
          [k: string]: Expression
        }
        /**
         * Requests of one record over one connection are sent in order, each when the one before has been received (no if not said).
         */
        ordered?: boolean
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an e-mail, after the step and until the mail server has taken it.
       */
      type: 'email'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, an address, or a list of them: `record.owner`. Nothing is sent to a blank.
         */
        to: Expression
        /**
         * Who gets a copy.
         */
        cc?: Expression
        /**
         * The subject.
         */
        subject: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * marketing: only where the person agrees when it is sent (`consent` of the object), with a link to unsubscribe. Default: service.
         */
        purpose?: 'service' | 'marketing'
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Raises an event of the process itself, which is taken before the step ends: what one part of a parallel machine tells the others. With `"allowed_roles": {}` in its declaration nobody else can send it.
       */
      type: 'raise'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The event.
         */
        event: Name
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sets values of the process's own memory, `context`.
       */
      type: 'assign'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Calls an action that a plugin provides.
       */
      type: 'call'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The action of the plugin: `example.round_up`.
         */
        action: string
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
/**
 * Work that is open while the state is active.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "invocation".
 */
export type Invocation =
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * A work item that one person does.
       */
      src: 'task'
      /**
       * What it is about.
       */
      input: {
        /**
         * What is to be done.
         */
        title: Text
        /**
         * The user who is to do it: `record.owner`.
         */
        assignee?: Expression
        /**
         * Holders of this role may claim it.
         */
        candidate_role?: Name
        /**
         * It waits in this queue, whose members get it; in place of the others.
         */
        queue?: Name
        /**
         * A number: what has more is shown first. In a queue it takes the place of the priority that the queue gives.
         */
        priority?: Expression
        /**
         * When it is due: an ISO 8601 duration such as `P2D` or `PT4H`, or `P2D@office` in a working calendar.
         */
        due?: string
        /**
         * What is done when it is late; each once.
         */
        overdue?: {
          /**
           * A step of the escalation.
           */
          [k: string]: {
            order?: Order
            /**
             * So long after the due time: `PT0S` at once, `PT4H@support` in a working calendar.
             */
            after: string
            /**
             * What is done about it.
             */
            do:
              | {
                  /**
                   * Reminds somebody.
                   */
                  type: 'notify'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * The person, such as `record.owner`; who has it, or may take it, if not said.
                     */
                    to?: Expression
                    /**
                     * The text; a usual one if not said.
                     */
                    text?: Expression
                  }
                }
              | {
                  /**
                   * Gives it to the manager of who has it; nothing happens where nobody has it, or he has no manager.
                   */
                  type: 'transfer'
                  /**
                   * What it takes.
                   */
                  params: {}
                }
              | {
                  /**
                   * Makes it more urgent.
                   */
                  type: 'raise_priority'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * By how many points.
                     */
                    by: number
                  }
                }
              | {
                  /**
                   * Raises an event of the process, which may lead out of the state.
                   */
                  type: 'raise_event'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * The event.
                     */
                    event: Name
                    /**
                     * Its form: expressions by field.
                     */
                    values?: {
                      [k: string]: Expression
                    }
                  }
                }
          }
        }
        /**
         * Fields that are filled in when it is done; seen as `event.output.<field>`.
         */
        form?: {
          [k: string]: Field
        }
      }
    }
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * What one of its candidates approves or rejects, or several in levels: `event.output.outcome` is "approved" or "rejected", and, where the levels allow it, "returned" or "withdrawn".
       */
      src: 'approval'
      /**
       * What it is about.
       */
      input: {
        /**
         * What is to be decided.
         */
        title: Text
        /**
         * The user who is to do it: `record.owner`.
         */
        assignee?: Expression
        /**
         * Holders of this role may claim it.
         */
        candidate_role?: Name
        /**
         * It waits in this queue, whose members get it; in place of the others.
         */
        queue?: Name
        /**
         * Approvers in levels, one after the other; instead of `assignee` and `candidate_role`, which open one work item.
         */
        levels?: {
          /**
           * A level of an approval.
           */
          [k: string]: {
            /**
             * What people read.
             */
            label?: Text
            order?: Order
            /**
             * The level is left out where this does not hold.
             */
            when?: Expression
            /**
             * Who is asked, by names of your own: {"boss": {"superior": 1}}. Everybody is asked once in a level.
             */
            approvers: {
              [k: string]: {
                /**
                 * All who hold this role.
                 */
                role?: Name
                /**
                 * All members of a team: `record.owner.team`; with `role` those who hold it.
                 */
                team?: Expression
                /**
                 * A person or a list of people: `record.reviewer`, `[record.owner, record.checker]`.
                 */
                people?: Expression
                /**
                 * Whom the requester chooses: a field of type user, or of references to user, in the form of the event that leads here.
                 */
                chosen?: Name
                /**
                 * The superior so many steps up the reporting line: 1 is the manager.
                 */
                superior?: number
                /**
                 * The chain of superiors up to so many steps, the nearest first.
                 */
                superiors?: number
                /**
                 * Whose superiors they are: `record.owner`; those of the requester if not said.
                 */
                of?: Expression
                order?: Order
                /**
                 * What the vote of each weighs, where the level is decided by weight (1 if not said).
                 */
                weight?: number
              }
            }
            /**
             * How the level is decided (all if not said); as soon as the outcome is certain.
             */
            decide?:
              | ('all' | 'any' | 'first')
              | {
                  /**
                   * The share of the votes that must approve: 0.6.
                   */
                  share?: number
                  /**
                   * What the approving votes must weigh together.
                   */
                  weight?: number
                }
            /**
             * Its people are asked one after the other.
             */
            in_turn?: boolean
            /**
             * What happens at a level where nobody is found (refuse if not said).
             */
            nobody?: {
              /**
               * approve, reject: that is the outcome of the level. refuse: the step that leads here is refused. ask: those of `role` or `people` are asked.
               */
              do: 'approve' | 'reject' | 'refuse' | 'ask'
              /**
               * Who is asked instead: all who hold this role.
               */
              role?: Name
              /**
               * Who is asked instead: a person or a list of people.
               */
              people?: Expression
            }
            /**
             * What happens when the time is over.
             */
            deadline?: {
              /**
               * After how much time: `P2D`, or `P2D@office` in a working calendar.
               */
              after: string
              /**
               * approve, reject: that is the outcome. pass_on: who has not acted is replaced by `to`, or by the manager of each.
               */
              do: 'approve' | 'reject' | 'pass_on'
              /**
               * The person who gets it with pass_on: `record.owner.manager`.
               */
              to?: Expression
            }
          }
        }
        /**
         * With levels: who counts as the requester: `record.owner`; who sent the event that led here if not said.
         */
        requested_by?: Expression
        /**
         * Whether the person who asked may decide (may_not_approve if not said). With levels also manager: his manager is asked in his place; and refuse: the step is refused where he would be asked.
         */
        requester?: 'may_approve' | 'may_not_approve' | 'manager' | 'refuse'
        /**
         * With levels: how often somebody is asked who comes in several (ask_every_time if not said). ask_once: what he said counts for the later levels too. ask_last: at the last one, as long as the others can decide.
         */
        repeated?: 'ask_every_time' | 'ask_once' | 'ask_last'
        /**
         * With levels: the same for all levels that do not say their own.
         */
        nobody?: {
          /**
           * approve, reject: that is the outcome of the level. refuse: the step that leads here is refused. ask: those of `role` or `people` are asked.
           */
          do: 'approve' | 'reject' | 'refuse' | 'ask'
          /**
           * Who is asked instead: all who hold this role.
           */
          role?: Name
          /**
           * Who is asked instead: a person or a list of people.
           */
          people?: Expression
        }
        /**
         * With levels: what happens when the time of the whole is over.
         */
        deadline?: {
          /**
           * After how much time: `P2D`, or `P2D@office` in a working calendar.
           */
          after: string
          /**
           * approve, reject: that is the outcome. pass_on: who has not acted is replaced by `to`, or by the manager of each.
           */
          do: 'approve' | 'reject' | 'pass_on'
          /**
           * The person who gets it with pass_on: `record.owner.manager`.
           */
          to?: Expression
        }
        /**
         * With levels: until when the requester may withdraw it; the outcome is then "withdrawn".
         */
        withdraw?: 'before_first_act' | 'any_time'
        /**
         * With levels: people may take their word back before the next has acted.
         */
        take_back?: boolean
        /**
         * With levels: approvers may return it, and where to.
         */
        return?: {
          /**
           * To the requester: the approval ends with the outcome "returned".
           */
          to_requester?: boolean
          /**
           * To an earlier level, which the approver chooses.
           */
          to_levels?: boolean
          /**
           * fresh: from there on everybody is asked anew (if not said). jump_back: then directly whoever returned it.
           */
          then?: 'fresh' | 'jump_back'
        }
        /**
         * With levels: people who are told of it without being asked, by names of your own.
         */
        copies?: {
          [k: string]: {
            /**
             * All who hold this role.
             */
            role?: Name
            /**
             * All members of a team: `record.owner.team`; with `role` those who hold it.
             */
            team?: Expression
            /**
             * A person or a list of people: `record.reviewer`, `[record.owner, record.checker]`.
             */
            people?: Expression
            /**
             * Whom the requester chooses: a field of type user, or of references to user, in the form of the event that leads here.
             */
            chosen?: Name
            /**
             * The superior so many steps up the reporting line: 1 is the manager.
             */
            superior?: number
            /**
             * The chain of superiors up to so many steps, the nearest first.
             */
            superiors?: number
            /**
             * Whose superiors they are: `record.owner`; those of the requester if not said.
             */
            of?: Expression
            /**
             * When: at the start, at the end whatever the outcome, or when it is rejected.
             */
            at: 'start' | 'end' | 'rejection'
          }
        }
        /**
         * A number: what has more is shown first. In a queue it takes the place of the priority that the queue gives.
         */
        priority?: Expression
        /**
         * When it is due: an ISO 8601 duration such as `P2D` or `PT4H`, or `P2D@office` in a working calendar.
         */
        due?: string
        /**
         * What is done when it is late; each once.
         */
        overdue?: {
          /**
           * A step of the escalation.
           */
          [k: string]: {
            order?: Order
            /**
             * So long after the due time: `PT0S` at once, `PT4H@support` in a working calendar.
             */
            after: string
            /**
             * What is done about it.
             */
            do:
              | {
                  /**
                   * Reminds somebody.
                   */
                  type: 'notify'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * The person, such as `record.owner`; who has it, or may take it, if not said.
                     */
                    to?: Expression
                    /**
                     * The text; a usual one if not said.
                     */
                    text?: Expression
                  }
                }
              | {
                  /**
                   * Gives it to the manager of who has it; nothing happens where nobody has it, or he has no manager.
                   */
                  type: 'transfer'
                  /**
                   * What it takes.
                   */
                  params: {}
                }
              | {
                  /**
                   * Makes it more urgent.
                   */
                  type: 'raise_priority'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * By how many points.
                     */
                    by: number
                  }
                }
              | {
                  /**
                   * Raises an event of the process, which may lead out of the state.
                   */
                  type: 'raise_event'
                  /**
                   * What it takes.
                   */
                  params: {
                    /**
                     * The event.
                     */
                    event: Name
                    /**
                     * Its form: expressions by field.
                     */
                    values?: {
                      [k: string]: Expression
                    }
                  }
                }
          }
        }
        /**
         * Fields that are filled in when it is done; seen as `event.output.<field>`.
         */
        form?: {
          [k: string]: Field
        }
      }
    }
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * What people read in the picture and the history of the process: "the payment".
       */
      label?: Text
      /**
       * Another process: one that is a part of others begins for the same record, and ends with the state; one that governs the record named by `target` is waited for. `event.output` is what its final state gives.
       */
      src: 'process'
      /**
       * What it is about.
       */
      input: {
        /**
         * The process.
         */
        process: Name
        /**
         * The record whose process is waited for: `record.order`. A part of others has none.
         */
        target?: Expression
        /**
         * What the part remembers from the start, in place of the values that it declares.
         */
        context?: {
          [k: string]: Expression
        }
      }
    }
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * What people read in the picture and the history of the process: "the payment".
       */
      label?: Text
      /**
       * A request to an outside system whose answer is waited for: `event.output.status` and `event.output.body`. One that fails for good says why in `event.error`: `http_404` and the like, or `unreachable`.
       */
      src: 'request'
      /**
       * What it is about.
       */
      input: {
        /**
         * The connection to which it goes.
         */
        connection: Name
        /**
         * The method; one that the connection admits.
         */
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
        /**
         * The path below the address of the connection, with names in braces for values: `orders/{number}`.
         */
        path: string
        /**
         * The values of the names in the path: {"number": "record.number"}.
         */
        path_values?: {
          [k: string]: Expression
        }
        /**
         * Parameters of the address, by name; a blank is left out.
         */
        query?: {
          [k: string]: Expression
        }
        /**
         * The members of the JSON body. Without it there is none.
         */
        body?: {
          [k: string]: Expression
        }
      }
    }
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * What people read in the picture and the history of the process: "the payment".
       */
      label?: Text
      /**
       * A wait until something holds of the own record or of one that it refers to; looked at whenever that record is written.
       */
      src: 'wait_for'
      /**
       * What it is about.
       */
      input: {
        /**
         * The record that is watched: `record.order`; the own one if not said.
         */
        target?: Expression
        /**
         * What is waited for, over the watched record as `record`: `record.paid_on != null`.
         */
        until: Expression
      }
    }
  | {
      /**
       * Name of the invocation, unique in the machine.
       */
      id: string
      onDone?: Transitions
      onError?: Transitions
      /**
       * What people read in the picture and the history of the process: "the payment".
       */
      label?: Text
      /**
       * An action of a plugin that takes its time: carried out by the worker, tried again when it fails; `event.output` is what it gives.
       */
      src: 'call'
      /**
       * What it is about.
       */
      input: {
        /**
         * The action of the plugin: `example.score`.
         */
        action: string
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
      }
    }
/**
 * Something that is done: an action of processes.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "service_action".
 */
export type ServiceAction =
  | {
      /**
       * Sets fields of the process's own record.
       */
      type: 'set'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Creates a record; later expressions of the same step see it as `created.<as>`.
       */
      type: 'create'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The object of the new record.
         */
        object: Name
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Rows copied from the own record.
         */
        lines?: {
          /**
           * The lines field of the new record.
           */
          field: Name
          /**
           * A lines field of the own record: `record.lines`; each row is `row` in `values`.
           */
          from: Expression
          /**
           * Expressions by field.
           */
          values: {
            [k: string]: Expression
          }
        }
        /**
         * Name under which later expressions of the step see the new record.
         */
        as?: Name
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Changes a record that the own record refers to.
       */
      type: 'update'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Writes a line into the timeline of the record.
       */
      type: 'note'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Puts a notification into the inbox of people.
       */
      type: 'notify'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, such as `record.owner`.
         */
        to: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an event to the process of a record that the own record refers to.
       */
      type: 'send'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * The event.
         */
        event: Name
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends a request to an outside system, after the step and until it has been received.
       */
      type: 'request'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The connection to which it goes.
         */
        connection: Name
        /**
         * The method; one that the connection admits.
         */
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
        /**
         * The path below the address of the connection, with names in braces for values: `orders/{number}`.
         */
        path: string
        /**
         * The values of the names in the path: {"number": "record.number"}.
         */
        path_values?: {
          [k: string]: Expression
        }
        /**
         * Parameters of the address, by name; a blank is left out.
         */
        query?: {
          [k: string]: Expression
        }
        /**
         * The members of the JSON body. Without it there is none.
         */
        body?: {
          [k: string]: Expression
        }
        /**
         * Requests of one record over one connection are sent in order, each when the one before has been received (no if not said).
         */
        ordered?: boolean
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an e-mail, after the step and until the mail server has taken it.
       */
      type: 'email'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, an address, or a list of them: `record.owner`. Nothing is sent to a blank.
         */
        to: Expression
        /**
         * Who gets a copy.
         */
        cc?: Expression
        /**
         * The subject.
         */
        subject: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * marketing: only where the person agrees when it is sent (`consent` of the object), with a link to unsubscribe. Default: service.
         */
        purpose?: 'service' | 'marketing'
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Calls an action that a plugin provides.
       */
      type: 'call'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The action of the plugin: `example.round_up`.
         */
        action: string
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
/**
 * Something that is done: an action of processes.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "trigger_action".
 */
export type TriggerAction =
  | {
      /**
       * Sets fields of the process's own record.
       */
      type: 'set'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Creates a record; later expressions of the same step see it as `created.<as>`.
       */
      type: 'create'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The object of the new record.
         */
        object: Name
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Rows copied from the own record.
         */
        lines?: {
          /**
           * The lines field of the new record.
           */
          field: Name
          /**
           * A lines field of the own record: `record.lines`; each row is `row` in `values`.
           */
          from: Expression
          /**
           * Expressions by field.
           */
          values: {
            [k: string]: Expression
          }
        }
        /**
         * Name under which later expressions of the step see the new record.
         */
        as?: Name
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Changes a record that the own record refers to.
       */
      type: 'update'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * Expressions by field.
         */
        values: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Writes a line into the timeline of the record.
       */
      type: 'note'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Puts a notification into the inbox of people.
       */
      type: 'notify'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, such as `record.owner`.
         */
        to: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an event to the process of a record that the own record refers to.
       */
      type: 'send'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The record: `record.opportunity`.
         */
        target: Expression
        /**
         * The event.
         */
        event: Name
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends a request to an outside system, after the step and until it has been received.
       */
      type: 'request'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The connection to which it goes.
         */
        connection: Name
        /**
         * The method; one that the connection admits.
         */
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
        /**
         * The path below the address of the connection, with names in braces for values: `orders/{number}`.
         */
        path: string
        /**
         * The values of the names in the path: {"number": "record.number"}.
         */
        path_values?: {
          [k: string]: Expression
        }
        /**
         * Parameters of the address, by name; a blank is left out.
         */
        query?: {
          [k: string]: Expression
        }
        /**
         * The members of the JSON body. Without it there is none.
         */
        body?: {
          [k: string]: Expression
        }
        /**
         * Requests of one record over one connection are sent in order, each when the one before has been received (no if not said).
         */
        ordered?: boolean
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Sends an e-mail, after the step and until the mail server has taken it.
       */
      type: 'email'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * A user, an address, or a list of them: `record.owner`. Nothing is sent to a blank.
         */
        to: Expression
        /**
         * Who gets a copy.
         */
        cc?: Expression
        /**
         * The subject.
         */
        subject: Expression
        /**
         * The text.
         */
        text: Expression
        /**
         * marketing: only where the person agrees when it is sent (`consent` of the object), with a link to unsubscribe. Default: service.
         */
        purpose?: 'service' | 'marketing'
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
  | {
      /**
       * Calls an action that a plugin provides.
       */
      type: 'call'
      /**
       * The parameters of the action.
       */
      params: {
        /**
         * The action of the plugin: `example.round_up`.
         */
        action: string
        /**
         * Expressions by field.
         */
        values?: {
          [k: string]: Expression
        }
        /**
         * Carried out only where this holds.
         */
        when?: Expression
      }
    }
/**
 * A snake_case name; stable for ever. Rename with `formerly`.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "name".
 */
export type Name = string
/**
 * A text, or one text per locale: {"en": "...", "zh-CN": "..."}.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "text".
 */
export type Text =
  | string
  | {
      [k: string]: string
    }
/**
 * An expression (CEL, see docs/expressions.md).
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "expression".
 */
export type Expression = string
/**
 * Position among the siblings; entries without one keep the order of declaration, after those with one.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "order".
 */
export type Order = number
/**
 * Colour of the chip.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "colour".
 */
export type Colour = 'grey' | 'blue' | 'violet' | 'green' | 'amber' | 'red'
/**
 * Which records: none, own, team (owned by a member of my team), subordinates (owned by somebody who reports to me, directly or through others), territory (in a territory of mine or one below it), all; own ones are always among them. Or a level narrowed by a row rule.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "record_right".
 */
export type RecordRight =
  | ('none' | 'own' | 'team' | 'subordinates' | 'territory' | 'all')
  | {
      /**
       * The level to narrow (all if not said).
       */
      level?: 'own' | 'team' | 'subordinates' | 'territory' | 'all'
      /**
       * The row rule, over `record` and `user`.
       */
      where: Expression
    }
/**
 * A field; which options it takes depends on its type.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "field".
 */
export type Field =
  | TextField
  | LongTextField
  | EmailField
  | PhoneField
  | UrlField
  | IntegerField
  | DecimalField
  | PercentField
  | MoneyField
  | RatingField
  | BooleanField
  | DateField
  | DatetimeField
  | ChoiceField
  | ChoicesField
  | StateField
  | ReferenceField
  | ReferencesField
  | LinesField
  | UserField
  | SequenceField
  | FormulaField
  | RollupField
  | AddressField
  | JsonField

export interface Documents {
  choice_set: ChoiceSetDocument
  sequence: SequenceDocument
  calendar: CalendarDocument
  connection: ConnectionDocument
  object: ObjectDocument
  role: RoleDocument
  view: ViewDocument
  page: PageDocument
  app: AppDocument
  queue: QueueDocument
  process: ProcessDocument
  service_level: ServiceLevelDocument
  trigger: TriggerDocument
  manifest: ManifestDocument
  project: ProjectDocument
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "choice_set_document".
 */
export interface ChoiceSetDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the choice set.
   */
  name: Name
  /**
   * What people read.
   */
  label?: Text
  /**
   * The choices, keyed by the stored value.
   */
  choices: Choices
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "sequence_document".
 */
export interface SequenceDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the sequence.
   */
  name: Name
  /**
   * What people read.
   */
  label?: Text
  /**
   * The text, with {number} or {number:5} (zero-padded), {year}, {month}, {day}: `Q-{year}-{number:5}`.
   */
  format: string
  /**
   * The first number (1 if not said).
   */
  start?: number
  /**
   * When numbering begins anew (never if not said).
   */
  restart?: 'never' | 'year' | 'month'
  /**
   * No number may be missing: drawn under a lock that lasts to the commit. Default: false, faster.
   */
  gapless?: boolean
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "calendar_document".
 */
export interface CalendarDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the calendar.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * The zone on whose clock the shifts are, by its IANA name: `Asia/Shanghai`.
   */
  time_zone: string
  /**
   * Work on every hour of every day, save for exceptions; instead of shifts.
   */
  around_the_clock?: boolean
  /**
   * The working week, as shifts that do not overlap; what lies between two of them is a break.
   */
  shifts?: {
    /**
     * A shift that comes again every week.
     */
    [k: string]: {
      /**
       * What people read.
       */
      label?: Text
      /**
       * The days of the week on which it begins.
       *
       * @minItems 1
       *
       * Items: A day of the week.
       */
      days: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[]
      /**
       * When it begins, on the clock of the zone: `09:00`.
       */
      from: string
      /**
       * When it ends: `18:00`, or `24:00` for midnight. Before `from`: at that time of the next day; the whole shift is of the day on which it begins.
       */
      to: string
    }
  }
  /**
   * Days that are not as their weekday, by date.
   */
  exceptions?: {
    /**
     * What the day is instead of its weekday.
     */
    [k: string]:
      | {
          /**
           * No shift begins.
           */
          type: 'holiday'
          /**
           * What people read.
           */
          label?: Text
          /**
           * The last day on which it holds, where it holds for several.
           */
          through?: string
        }
      | {
          /**
           * The shifts of another weekday.
           */
          type: 'working_day'
          /**
           * What people read.
           */
          label?: Text
          /**
           * The weekday whose shifts it has.
           */
          like: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
          /**
           * The last day on which it holds, where it holds for several.
           */
          through?: string
        }
      | {
          /**
           * Shifts of its own.
           */
          type: 'special_hours'
          /**
           * What people read.
           */
          label?: Text
          /**
           * The shifts, in order.
           *
           * @minItems 1
           *
           * Items: A shift of the day.
           */
          shifts: {
            /**
             * When it begins, on the clock of the zone: `09:00`.
             */
            from: string
            /**
             * When it ends: `18:00`, or `24:00` for midnight. Before `from`: at that time of the next day; the whole shift is of the day on which it begins.
             */
            to: string
          }[]
          /**
           * The last day on which it holds, where it holds for several.
           */
          through?: string
        }
  }
  /**
   * Days that are not as their weekday in any year; a rule by date comes first.
   */
  every_year?: {
    /**
     * What the day is instead of its weekday.
     */
    [k: string]:
      | {
          /**
           * No shift begins.
           */
          type: 'holiday'
          /**
           * What people read.
           */
          label?: Text
        }
      | {
          /**
           * The shifts of another weekday.
           */
          type: 'working_day'
          /**
           * What people read.
           */
          label?: Text
          /**
           * The weekday whose shifts it has.
           */
          like: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
        }
      | {
          /**
           * Shifts of its own.
           */
          type: 'special_hours'
          /**
           * What people read.
           */
          label?: Text
          /**
           * The shifts, in order.
           *
           * @minItems 1
           *
           * Items: A shift of the day.
           */
          shifts: {
            /**
             * When it begins, on the clock of the zone: `09:00`.
             */
            from: string
            /**
             * When it ends: `18:00`, or `24:00` for midnight. Before `from`: at that time of the next day; the whole shift is of the day on which it begins.
             */
            to: string
          }[]
        }
  }
  /**
   * A calendar whose `exceptions` and `every_year` hold here too; the calendar's own come before them.
   */
  holidays_from?: Name
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "connection_document".
 */
export interface ConnectionDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the connection.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * Where every request begins: `https://erp.example.com/api/`. Plain http only with `private_addresses`.
   */
  base_url: string
  /**
   * The methods that may be used.
   *
   * @minItems 1
   *
   * Items: A method.
   */
  methods: ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[]
  /**
   * Headers of every request. Their values come from the environment, never from here.
   */
  headers?: {
    /**
     * A header whose value is a secret.
     */
    [k: string]: {
      /**
       * Name of the secret: the value of the environment variable TESSERA_SECRET_<TENANT>__<NAME>.
       */
      secret: string
      /**
       * What comes before it: `Bearer `.
       */
      prefix?: string
    }
  }
  /**
   * How long an answer may take (PT10S if not said; at most PT1M).
   */
  timeout?: string
  /**
   * Whether the host may have an address of a private network or of the machine itself (no if not said).
   */
  private_addresses?: boolean
  /**
   * How a request is tried again.
   */
  retry?: {
    /**
     * How often it is tried before it counts as failed (10 if not said).
     */
    attempts?: number
    /**
     * The wait after the first failure; it doubles with each (PT15S if not said).
     */
    first?: string
    /**
     * The longest wait (PT1H if not said).
     */
    longest?: string
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "object_document".
 */
export interface ObjectDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the object, singular.
   */
  name: Name
  /**
   * The earlier name; table and records move along.
   */
  formerly?: Name
  /**
   * What people call one of them.
   */
  label: Text
  /**
   * What people call several of them.
   */
  plural?: Text
  /**
   * What the object is for.
   */
  description?: Text
  /**
   * Name of a lucide icon, such as `building-2`.
   */
  icon?: string
  /**
   * The field that titles a record.
   */
  name_field: Name
  /**
   * Whether each record has an owner (field `owner`, a user; the creator if not said). Default: user.
   */
  ownership?: 'user' | 'none'
  /**
   * The reference to the record that this one is a line of: rights, deletion and editing follow it.
   */
  parent?: Name
  /**
   * The process that governs the state field.
   */
  lifecycle?: Name
  /**
   * The reference to another record of the same object that makes a tree of them, such as the manager of a person: circles are refused, and rights may reach down the tree.
   */
  hierarchy?: Name
  /**
   * The reference to the territory that a record lies in, for the level `territory` of roles: an object with a hierarchy, to which persons (object `user`) refer as well.
   */
  territory?: Name
  /**
   * Lets records be seen and changed by others than those whom the levels of their roles admit. Rights to the object and its fields stay as the roles say.
   */
  sharing?: {
    /**
     * Whether whoever may change a record may share it with a person, a team or a role, with a reason. Default: false.
     */
    by_hand?: boolean
    /**
     * Shares by hand end after so many days at the latest. Without it they may last.
     */
    longest_days?: number
    /**
     * Records shared with the holders of roles, by rule. The roles themselves must admit reading (or changing) some.
     */
    rules?: {
      [k: string]: {
        /**
         * What people read where it explains why they see a record.
         */
        label: Text
        /**
         * Whose holders see the records.
         */
        roles: {
          [k: string]: boolean
        }
        /**
         * Which records, over `record` and `user`.
         */
        where: Expression
        /**
         * What they may do with them. Default: read.
         */
        access?: 'read' | 'update'
      }
    }
  }
  /**
   * Each record stands for a person, whose data can be erased on request.
   */
  person?: boolean
  /**
   * What is not erased, such as invoices that the law requires to be kept.
   */
  erasure?: {
    /**
     * Records for which this holds keep their personal fields when the person is erased.
     */
    keep_when: Expression
    /**
     * Why they have to be kept; shown in the report.
     */
    keep_because: Text
  }
  /**
   * How long personal data are kept; the worker carries it out once a day.
   */
  retention?: {
    /**
     * How long records are kept, an ISO 8601 duration of years, months and days: `P2Y`.
     */
    after: string
    /**
     * From when the time counts: a date or a moment of the record. A blank keeps it.
     */
    since: Expression
    /**
     * Only records for which this holds.
     */
    when?: Expression
    /**
     * erase: the personal fields are blanked and what is known of them elsewhere; delete: the record is deleted as well.
     */
    then: 'erase' | 'delete'
  }
  /**
   * To what the person agrees.
   */
  consent?: {
    /**
     * For mails with the purpose `marketing`, asked when one is sent.
     */
    email?: {
      /**
       * The person agrees to marketing mails where this holds: `record.do_not_email != true`.
       */
      given_when: Expression
      /**
       * The values by field that are written when the person withdraws it.
       */
      withdraw: {}
    }
  }
  /**
   * The fields, by name.
   */
  fields: {
    [k: string]: Field
  }
  /**
   * Unique keys, by name; imports and upserts match records by them.
   */
  keys?: {
    [k: string]: {
      /**
       * The fields that together identify one record.
       *
       * @minItems 1
       */
      fields: Name[]
    }
  }
  /**
   * Indexes for lists that filter or sort by these fields.
   */
  indexes?: {
    [k: string]: {
      /**
       * The fields, most selective first.
       *
       * @minItems 1
       */
      fields: Name[]
    }
  }
  /**
   * Rules over the whole record, by name.
   */
  validations?: {
    [k: string]: {
      /**
       * The write is refused where this holds.
       */
      invalid_when: Expression
      /**
       * The field at which the message is shown.
       */
      at?: Name
      /**
       * What is wrong and what helps.
       */
      message: Text
    }
  }
  /**
   * The fields that full-text search looks into; the name field if not said.
   */
  search?: Name[]
  /**
   * Whether each change is recorded (who, when, from, to). Default: true.
   */
  history?: boolean
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "role_document".
 */
export interface RoleDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the role.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * Whose role this is.
   */
  description?: Text
  /**
   * Whether it is for people from outside, such as contacts of a customer: it has no features, admits records only by `own` or a row rule, and where somebody holds such a role, other roles of his count for nothing.
   */
  portal?: boolean
  /**
   * Holders have to show a second factor when they sign in. Who has none yet sets one up before anything else.
   */
  second_factor?: 'required'
  /**
   * Features of the product that holders may use.
   */
  features?: {
    /**
     * Import files.
     */
    import?: boolean
    /**
     * Change many records in one request.
     */
    bulk?: boolean
    /**
     * Make API keys of their own.
     */
    api_keys?: boolean
    /**
     * Manage users, roles of users and teams; see every work item.
     */
    administer?: boolean
    /**
     * See which records are stuck, failed or late in their processes, and repair them.
     */
    operate?: boolean
    /**
     * Publish and roll back declarations.
     */
    publish?: boolean
    /**
     * Read and export the audit log.
     */
    audit?: boolean
    /**
     * Act for people who may do no more than oneself, for support: told to them, logged, an hour at most.
     */
    impersonate?: boolean
    /**
     * Erase the personal data of a person on request.
     */
    erase?: boolean
  }
  /**
   * Rights by object; `*` stands for every object that is not named. What neither names may not be seen.
   */
  objects?: {
    [k: string]: {
      /**
       * May create records.
       */
      create?: boolean
      /**
       * Which records may be read.
       */
      read?: RecordRight
      /**
       * Which records may be changed.
       */
      update?: RecordRight
      /**
       * Which records may be deleted and restored.
       */
      delete?: RecordRight
      /**
       * Rights on single fields; `*` stands for all that are not named. Default: write.
       */
      fields?: {
        /**
         * hidden: not seen at all; read: seen; write: seen and changed. Or a mask: only some characters are seen.
         */
        [k: string]:
          | 'hidden'
          | 'read'
          | 'write'
          | {
              /**
               * The characters of the text that are shown; the others are dots.
               */
              mask: {
                /**
                 * How many at the beginning.
                 */
                first?: number
                /**
                 * How many at the end.
                 */
                last?: number
              }
            }
      }
    }
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "view_document".
 */
export interface ViewDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the view, unique among all views.
   */
  name: Name
  /**
   * The object that is listed.
   */
  object: Name
  /**
   * What people read on the tab.
   */
  label: Text
  /**
   * A table of rows, or cards in columns by state or choice.
   */
  type: 'list' | 'board'
  order?: Order
  /**
   * Fields, paths through references (`account.name`), or promises of service levels that are counted down (`promise:first_answer`), in order.
   *
   * @minItems 1
   */
  columns: string[]
  /**
   * Which records, over `record` and `user`.
   */
  filter?: Expression
  /**
   * Sort keys, most important first.
   */
  sort?: {
    /**
     * The field or path, or a promise: `promise:first_answer` sorts by what is due first.
     */
    field: string
    /**
     * Default: ascending.
     */
    direction?: 'ascending' | 'descending'
  }[]
  /**
   * Totals in the foot of the list, by field.
   */
  totals?: {
    [k: string]: 'sum' | 'average' | 'minimum' | 'maximum'
  }
  /**
   * Board: the state or choice field whose values are the columns.
   */
  columns_by?: Name
  /**
   * Board: the field that is added up per column.
   */
  sum?: Name
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "page_document".
 */
export interface PageDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the page; one page per object.
   */
  name: Name
  /**
   * The object whose record is shown.
   */
  object: Name
  /**
   * Key fields beneath the title.
   */
  facts?: Name[]
  /**
   * Sections of fields, by name. A lines field makes a grid.
   */
  sections: {
    [k: string]: {
      /**
       * Heading.
       */
      label: Text
      order?: Order
      /**
       * Columns of fields (2 if not said).
       */
      columns?: number
      /**
       * The fields, in order.
       *
       * @minItems 1
       */
      fields: Name[]
      /**
       * Shown only where this holds, over `record` and `user`.
       */
      visible_when?: Expression
    }
  }
  /**
   * Lists of records that refer to this one, by name.
   */
  related?: {
    [k: string]: {
      /**
       * Heading; the plural of the object if not said.
       */
      label?: Text
      order?: Order
      /**
       * The other object and its reference to this one: `contact.account`.
       */
      of: string
      /**
       * Columns, in order.
       *
       * @minItems 1
       */
      columns: string[]
      /**
       * Shown only where this holds, over `record` and `user`.
       */
      visible_when?: Expression
    }
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "app_document".
 */
export interface AppDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the app.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * Name of a lucide icon.
   */
  icon?: string
  order?: Order
  /**
   * Roles that see the app ({"seller": true}); everybody if not said.
   */
  roles?: {
    [k: string]: boolean
  }
  /**
   * Entries of the navigation, by name; entries that a person may not read are not shown.
   */
  items: {
    [k: string]: {
      /**
       * The object that the entry opens.
       */
      object: Name
      /**
       * The view that opens first; the first of the object if not said.
       */
      view?: Name
      /**
       * What people read; the plural of the object if not said.
       */
      label?: Text
      order?: Order
    }
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "queue_document".
 */
export interface QueueDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the queue; tasks and approvals name it in `queue`.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * What waits here, in a sentence.
   */
  help?: Text
  order?: Order
  /**
   * The object whose records the work is about.
   */
  object: Name
  /**
   * Who may do the work: everybody who is named in one of the ways.
   */
  members: {
    /**
     * Holders of these roles: {"agent": true}.
     */
    roles?: {
      /**
       * true: they are; false: taken out by an overlay.
       */
      [k: string]: boolean
    }
    /**
     * People of these teams, by the name of the team: {"Support": true}.
     */
    teams?: {
      /**
       * true: they are; false: taken out by an overlay.
       */
      [k: string]: boolean
    }
    /**
     * Single people, by their e-mail address: {"ann@example.com": true}.
     */
    people?: {
      /**
       * true: they are; false: taken out by an overlay.
       */
      [k: string]: boolean
    }
  }
  /**
   * Skills of the choice set `skill` that who gets the work must have: {"german": 3}.
   */
  skills?: {
    /**
     * The level that is needed at least, from 1 to 5.
     */
    [k: string]: number
  }
  /**
   * A number over `record`: what has more comes first, such as `record.account.level == "gold" ? 10 : 0`. Reckoned anew when the record changes.
   */
  priority?: Expression
  /**
   * How waiting makes work more urgent. Without it, what came first is first among equals.
   */
  ageing?: {
    /**
     * By how much the priority of waiting work grows in that time.
     */
    points: number
    /**
     * In which time: `PT1H`.
     */
    every: string
  }
  /**
   * pull: people take the next; round_robin: in turn; least_loaded: who has least; weighted: in turn by the share of each; sticky: who had it last.
   */
  assignment: 'pull' | 'round_robin' | 'least_loaded' | 'weighted' | 'sticky'
  /**
   * With `sticky`, what "it" is: a reference of the record such as `record.account` (the record itself if not said).
   */
  sticky_by?: Expression
  /**
   * With `sticky`, who gets it where nobody had it or he cannot take it (least_loaded if not said).
   */
  otherwise?: 'round_robin' | 'least_loaded' | 'weighted'
  /**
   * How many units of capacity a piece of work takes, a whole number over `record` (1 if not said).
   */
  weight?: Expression
  /**
   * How many units a person may have at a time, of all queues together, where his own settings do not say it (no limit if not said).
   */
  capacity?: number
  /**
   * Who has not been seen for so long counts as away, and work is not pushed to them (PT15M if not said).
   */
  away_after?: string
  /**
   * In order; the first that holds says who gets the work. Skills come on top of those of the queue, members take the place of its members.
   */
  rules?: {
    /**
     * Who gets work of a kind.
     */
    [k: string]: {
      order?: Order
      /**
       * What people read.
       */
      label?: Text
      /**
       * Where it holds, over `record`.
       */
      when: Expression
      /**
       * Skills of the choice set `skill` that who gets the work must have: {"german": 3}.
       */
      skills?: {
        /**
         * The level that is needed at least, from 1 to 5.
         */
        [k: string]: number
      }
      /**
       * Who may do the work: everybody who is named in one of the ways.
       */
      members?: {
        /**
         * Holders of these roles: {"agent": true}.
         */
        roles?: {
          /**
           * true: they are; false: taken out by an overlay.
           */
          [k: string]: boolean
        }
        /**
         * People of these teams, by the name of the team: {"Support": true}.
         */
        teams?: {
          /**
           * true: they are; false: taken out by an overlay.
           */
          [k: string]: boolean
        }
        /**
         * Single people, by their e-mail address: {"ann@example.com": true}.
         */
        people?: {
          /**
           * true: they are; false: taken out by an overlay.
           */
          [k: string]: boolean
        }
      }
      /**
       * The work goes to this queue instead.
       */
      queue?: Name
    }
  }
  /**
   * What becomes of work that nobody takes.
   */
  overflow?: {
    /**
     * The queue to which work goes.
     */
    to: Name
    /**
     * When nobody has had it for so long: `PT30M`, or `PT2H@support` in a working calendar.
     */
    after?: string
    /**
     * At once, where nobody who is here could take it, whatever they have to do already.
     */
    when_nobody?: boolean
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "process_document".
 */
export interface ProcessDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the process.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * The object whose records it is about.
   */
  object: Name
  /**
   * The field of type `state` that shows where a record is. A process without one is a part of other processes, which `invoke` it for their record.
   */
  state_field?: Name
  /**
   * on_create: every new record of the object begins it. A part of other processes says nothing.
   */
  starts?: 'on_create'
  /**
   * The role under which its actions write; without it they write with the rights of the person who sent the event, and timers are refused by the check.
   */
  run_as?: Name
  /**
   * The events that people and other systems may send.
   */
  events?: {
    [k: string]: {
      /**
       * Verb on the button.
       */
      label?: Text
      /**
       * What will happen.
       */
      help?: Text
      order?: Order
      /**
       * The usual next step: shown as the primary button.
       */
      primary?: boolean
      /**
       * Shown as a step that ends or discards something.
       */
      destructive?: boolean
      /**
       * Roles that may ({"seller": true}); every role that may change the record if not said.
       */
      allowed_roles?: {
        [k: string]: boolean
      }
      /**
       * Possible only where this holds, over `record` and `user`.
       */
      allowed_when?: Expression
      /**
       * The right on the record that the sender must have (update if not said).
       */
      needs?: 'read' | 'update'
      /**
       * What the sender fills in, seen as `event.<field>`.
       */
      form?: {
        [k: string]: Field
      }
    }
  }
  /**
   * Ways past the initial state: an import that names an entry may place records in its states. Logged.
   */
  entries?: {
    [k: string]: {
      /**
       * What people read.
       */
      label?: Text
      /**
       * The states in which a record may be placed; entry actions do not run.
       *
       * @minItems 1
       */
      states: string[]
      /**
       * Roles that may ({"seller": true}); every role that may change the record if not said.
       */
      allowed_roles: {
        [k: string]: boolean
      }
    }
  }
  /**
   * Moments that expressions give, by names that `after` uses: {"validity": {"until": ...}}.
   */
  delays?: {
    [k: string]: {
      /**
       * What people read: "when the offer expires".
       */
      label?: Text
      /**
       * The moment, over `record` and `context`: a datetime such as `now() + duration("PT4H")`, or a date, whose day begins in the time zone of the tenant. It follows the record while the state lasts, except where it is counted with now() or today(), from entering the state. A blank never comes, and what is past comes at once.
       */
      until: Expression
    }
  }
  /**
   * The process's own memory at the start.
   */
  context?: {
    [k: string]: string | number | boolean | null
  }
  /**
   * For which new records this version is meant; all that is said must hold. The others begin with the version that was in force for all before. Without it the version is for all.
   */
  release?: {
    /**
     * For that share of the new records: 0.2. A record belongs to it or not, however often it is asked.
     */
    share?: number
    /**
     * From that day on, which begins in the time zone of the tenant, or from that moment: 2026-12-01.
     */
    from?: string
    /**
     * For records of which this holds: `record.owner.team.name == 'East'`.
     */
    when?: Expression
  }
  /**
   * Takes records that live on earlier versions over to this one. Without it they stay on the version that they began with.
   */
  migration?: {
    /**
     * Where records go on that are in a state of an earlier version: {"in_approval": "review"}. A state that is not named keeps its name; what is said of a state holds for those inside of it.
     */
    states?: {
      /**
       * A state of this version.
       */
      [k: string]: string
    }
    /**
     * What the process remembers, over `record` and the `context` of the earlier version: {"rounds": "context.attempts + 1"}. What is not named is taken over under its name.
     */
    context?: {
      [k: string]: Expression
    }
    /**
     * What is invoked and begins anew though it was open: {"approve": true}. Everything else that is open goes on where this version invokes the same under the same name.
     */
    restart?: {
      [k: string]: boolean
    }
  }
  /**
   * The machine: an XState v5 configuration in JSON.
   */
  machine: {
    /**
     * Name to point at from afar: `#id`.
     */
    id?: string
    /**
     * Kind of state.
     */
    type?: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
    /**
     * How much a history state remembers.
     */
    history?: 'shallow' | 'deep'
    /**
     * Where a history state leads when there is no history yet.
     */
    target?: string
    /**
     * The child that is entered first.
     */
    initial?: string
    /**
     * The children.
     */
    states: {
      [k: string]: State
    }
    /**
     * Transitions by event.
     */
    on?: {
      [k: string]: Transitions
    }
    /**
     * Transitions after a time in the state: an ISO 8601 duration such as `P2D`, `P2D@office` in a working calendar, or the name of one of the `delays` of the process.
     */
    after?: {
      [k: string]: Transitions
    }
    always?: Transitions
    /**
     * What is done on entering.
     */
    entry?: Action[]
    /**
     * What is done on leaving.
     */
    exit?: Action[]
    /**
     * Work that is open while the state is active.
     */
    invoke?: Invocation | Invocation[]
    onDone?: Transitions
    /**
     * Of a final state: what it gives, seen as `event.output.<name>` in the `onDone` of the state around it. At the end of the process it is the result for the process that waits for this one.
     */
    output?: {
      [k: string]: Expression
    }
    /**
     * What the state means.
     */
    description?: string
    /**
     * What people cannot change of the record while it is in this state or one beneath it; the process itself can.
     */
    locks?: {
      /**
       * Every field, and deleting the record.
       */
      all?: boolean
      /**
       * Single fields: {"lines": true}; with `all`, {"next_step": false} leaves one open.
       */
      fields?: {
        [k: string]: boolean
      }
      /**
       * Roles for which nothing is closed ({"administrator": true}); none if not said.
       */
      allowed_roles?: {
        [k: string]: boolean
      }
    }
    /**
     * Choices of the choice set `state_tag` that say what a record is going through in this state or one beneath it, such as {"waiting_for_customer": true}. They mean the same in every process.
     */
    tags?: {
      [k: string]: boolean
    }
    /**
     * How people see the state.
     */
    meta?: {
      /**
       * What people read.
       */
      label?: Text
      colour?: Colour
      /**
       * What is to be done here.
       */
      help?: Text
      order?: Order
    }
  }
}
/**
 * A state of the machine.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "state".
 */
export interface State {
  /**
   * Name to point at from afar: `#id`.
   */
  id?: string
  /**
   * Kind of state.
   */
  type?: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /**
   * How much a history state remembers.
   */
  history?: 'shallow' | 'deep'
  /**
   * Where a history state leads when there is no history yet.
   */
  target?: string
  /**
   * The child that is entered first.
   */
  initial?: string
  /**
   * The children.
   */
  states?: {
    [k: string]: State
  }
  /**
   * Transitions by event.
   */
  on?: {
    [k: string]: Transitions
  }
  /**
   * Transitions after a time in the state: an ISO 8601 duration such as `P2D`, `P2D@office` in a working calendar, or the name of one of the `delays` of the process.
   */
  after?: {
    [k: string]: Transitions
  }
  always?: Transitions
  /**
   * What is done on entering.
   */
  entry?: Action[]
  /**
   * What is done on leaving.
   */
  exit?: Action[]
  /**
   * Work that is open while the state is active.
   */
  invoke?: Invocation | Invocation[]
  onDone?: Transitions
  /**
   * Of a final state: what it gives, seen as `event.output.<name>` in the `onDone` of the state around it. At the end of the process it is the result for the process that waits for this one.
   */
  output?: {
    [k: string]: Expression
  }
  /**
   * What the state means.
   */
  description?: string
  /**
   * What people cannot change of the record while it is in this state or one beneath it; the process itself can.
   */
  locks?: {
    /**
     * Every field, and deleting the record.
     */
    all?: boolean
    /**
     * Single fields: {"lines": true}; with `all`, {"next_step": false} leaves one open.
     */
    fields?: {
      [k: string]: boolean
    }
    /**
     * Roles for which nothing is closed ({"administrator": true}); none if not said.
     */
    allowed_roles?: {
      [k: string]: boolean
    }
  }
  /**
   * Choices of the choice set `state_tag` that say what a record is going through in this state or one beneath it, such as {"waiting_for_customer": true}. They mean the same in every process.
   */
  tags?: {
    [k: string]: boolean
  }
  /**
   * How people see the state.
   */
  meta?: {
    /**
     * What people read.
     */
    label?: Text
    colour?: Colour
    /**
     * What is to be done here.
     */
    help?: Text
    order?: Order
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "transition".
 */
export interface Transition {
  /**
   * The next state: a sibling, `.child`, or `#id`.
   */
  target?: string
  guard?: Guard
  /**
   * What is done on the way.
   */
  actions?: Action[]
  /**
   * Leave and enter the source state again.
   */
  reenter?: boolean
  /**
   * Why this transition is there.
   */
  description?: string
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "service_level_document".
 */
export interface ServiceLevelDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the service level.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * The object whose records it is promised for.
   */
  object: Name
  order?: Order
  /**
   * The records it is for, over `record`; of several that apply, the first by `order` holds. Every record if not said.
   */
  applies_when?: Expression
  /**
   * The calendar in which time counts (every hour of every day if not said).
   */
  calendar?: Name
  /**
   * The role under which actions write; that of the process that governs the object if not said.
   */
  run_as?: Name
  /**
   * What is promised: first answer, next answer, solution.
   */
  promises: {
    /**
     * A promise with a clock.
     */
    [k: string]: {
      /**
       * What people read.
       */
      label: Text
      /**
       * What is promised, in a sentence.
       */
      help?: Text
      order?: Order
      /**
       * How much time there is.
       */
      target:
        | string
        | {
            /**
             * How many working days, the day of the start not counted.
             */
            working_days: number
            /**
             * On the last of them: `closing`, or a time such as `16:00`.
             */
            until: string
          }
      /**
       * The calendar in which time counts.
       */
      calendar?: Name
      /**
       * Other targets by condition, such as the priority; the first that holds replaces `target`. A record that changes from one to another is reckoned anew from the start of its clock.
       */
      targets?: {
        /**
         * Another target.
         */
        [k: string]: {
          /**
           * Where it holds, over `record`.
           */
          when: Expression
          /**
           * How much time there is.
           */
          target:
            | string
            | {
                /**
                 * How many working days, the day of the start not counted.
                 */
                working_days: number
                /**
                 * On the last of them: `closing`, or a time such as `16:00`.
                 */
                until: string
              }
          /**
           * The calendar in which time counts.
           */
          calendar?: Name
          order?: Order
        }
      }
      /**
       * The clock starts when this begins to hold.
       */
      starts_when: Expression
      /**
       * Since when the time counts, a datetime over `record`: `record.received_at`. The moment of the change if not said.
       */
      starts_at?: Expression
      /**
       * The clock stands still while this holds.
       */
      pauses_when?: Expression
      /**
       * The promise is kept, or was broken, when this begins to hold.
       */
      stops_when: Expression
      /**
       * The clock begins anew when this begins to hold.
       */
      resets_when?: Expression
      /**
       * When `starts_when` begins to hold again after the clock stopped: nothing (if not said), a new clock, or the old one goes on.
       */
      again?: 'never' | 'anew' | 'continue'
      /**
       * What is done before the breach.
       */
      warnings?: {
        /**
         * Before the breach.
         */
        [k: string]:
          | {
              /**
               * What people read.
               */
              label?: Text
              /**
               * At a share of the time.
               */
              type: 'share'
              /**
               * How much of the time has passed, in percent.
               */
              percent: number
              /**
               * What is done: the actions of processes, over `record`.
               *
               * @minItems 1
               */
              actions: ServiceAction[]
            }
          | {
              /**
               * What people read.
               */
              label?: Text
              /**
               * So long before the breach.
               */
              type: 'before'
              /**
               * Working time: `PT4H` is four hours, `P2D` two working days.
               */
              amount: string
              /**
               * What is done: the actions of processes, over `record`.
               *
               * @minItems 1
               */
              actions: ServiceAction[]
            }
      }
      /**
       * The chain of what is done at the breach and after it.
       */
      escalations?: {
        /**
         * At the breach or after it.
         */
        [k: string]:
          | {
              /**
               * What people read.
               */
              label?: Text
              /**
               * At the breach.
               */
              type: 'breach'
              /**
               * What is done: the actions of processes, over `record`.
               *
               * @minItems 1
               */
              actions: ServiceAction[]
            }
          | {
              /**
               * What people read.
               */
              label?: Text
              /**
               * At a share of the time.
               */
              type: 'share'
              /**
               * How much of the time has passed, in percent: 150.
               */
              percent: number
              /**
               * What is done: the actions of processes, over `record`.
               *
               * @minItems 1
               */
              actions: ServiceAction[]
            }
          | {
              /**
               * What people read.
               */
              label?: Text
              /**
               * So long after the breach.
               */
              type: 'after'
              /**
               * Working time: `PT4H` is four hours, `P2D` two working days.
               */
              amount: string
              /**
               * What is done: the actions of processes, over `record`.
               *
               * @minItems 1
               */
              actions: ServiceAction[]
            }
      }
    }
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "trigger_document".
 */
export interface TriggerDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the trigger.
   */
  name: Name
  /**
   * What people read.
   */
  label: Text
  /**
   * The object whose records it is about.
   */
  object: Name
  /**
   * What sets it off.
   */
  on:
    | {
        /**
         * A record was created.
         */
        type: 'created'
      }
    | {
        /**
         * A record was changed.
         */
        type: 'changed'
        /**
         * Only where one of these fields has another value: {"stage": true}. Any field if not said.
         */
        fields?: {
          [k: string]: boolean
        }
      }
    | {
        /**
         * A moment that the record gives has come. It follows the record.
         */
        type: 'due'
        /**
         * The moment, over `record`: a datetime, or a date, whose day begins in the time zone of the tenant. A blank never comes.
         */
        at: Expression
        /**
         * What follows when a record is written with a moment that has passed: nothing (if not said), or the actions at once.
         */
        past?: 'skip' | 'run'
      }
    | {
        /**
         * At set times, for every record that is found.
         */
        type: 'schedule'
        /**
         * The times of the day.
         *
         * @minItems 1
         *
         * Items: A time such as `09:00`.
         */
        at?: string[]
        /**
         * Instead of `at`: again and again from midnight on, such as `PT15M` or `PT2H`.
         */
        every?: string
        /**
         * Only on these days of the week.
         *
         * @minItems 1
         *
         * Items: A day of the week.
         */
        days?: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[]
        /**
         * Only on these days of the month: [1, -1].
         *
         * @minItems 1
         *
         * Items: A day; -1 is the last.
         */
        days_of_month?: number[]
        /**
         * Only on days on which there is work in this calendar, and on its clock.
         */
        calendar?: Name
        /**
         * The zone on whose clock the times are, by its IANA name (that of the tenant if not said).
         */
        time_zone?: string
        /**
         * Which records, over `record`: those that hold it and that the role may read.
         */
        where: Expression
      }
    | {
        /**
         * Another system has sent something: POST /api/inbound/<tenant>/<trigger>.
         */
        type: 'inbound'
        /**
         * How a sender proves who it is.
         */
        authentication:
          | {
              /**
               * The header `Authorization: Bearer <secret>`.
               */
              type: 'key'
              /**
               * Name of the secret: the value of the environment variable TESSERA_SECRET_<TENANT>__<NAME>.
               */
              secret: string
            }
          | {
              /**
               * The header `Tessera-Signature: t=<seconds since 1970>,v1=<HMAC>`.
               */
              type: 'signature'
              /**
               * Name of the secret: the value of the environment variable TESSERA_SECRET_<TENANT>__<NAME>.
               */
              secret: string
            }
        /**
         * What of its JSON body is taken, seen as `event.<field>`; the rest is passed over.
         */
        fields: {
          [k: string]: Field
        }
        /**
         * Where fields lie in the body, if not as members of their name: {"order_number": "/data/orderNumber"}.
         */
        members?: {
          /**
           * A JSON Pointer (RFC 6901).
           */
          [k: string]: string
        }
        /**
         * The record that it is about, by the fields of a key: {"number": "event.order_number"}. Without it there is no `record`.
         */
        finds?: {
          [k: string]: Expression
        }
        /**
         * What is the same when the same is sent again: `event.id`. Else the header `Idempotency-Key`, where there is one.
         */
        once_by?: Expression
      }
  /**
   * Carried out only where this holds, over `record`, and `before` for the values before the change. Asked when it is set off; for `due` and `schedule` when it is carried out.
   */
  when?: Expression
  /**
   * The role under which the actions write; that of the process that governs the object if not said.
   */
  run_as?: Name
  /**
   * What is done, in a transaction of its own.
   *
   * @minItems 1
   */
  actions: TriggerAction[]
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "manifest_document".
 */
export interface ManifestDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * Name of the package; its folders under metadata/ and workflows/ bear it.
   */
  name: Name
  /**
   * What people read.
   */
  label?: Text
  /**
   * What the package brings.
   */
  description?: Text
  /**
   * Version (semver).
   */
  version: string
  /**
   * Packages that must be there and the least version of each: {"crm": "^1.0.0"}.
   */
  needs?: {
    [k: string]: string
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "project_document".
 */
export interface ProjectDocument {
  /**
   * The schema that editors use.
   */
  $schema?: string
  /**
   * The tenants that the server runs, by name.
   */
  tenants: {
    [k: string]: {
      /**
       * What people read.
       */
      label?: Text
      /**
       * The packages, those they need included; the overlay of the tenant comes last.
       *
       * @minItems 1
       */
      packages: Name[]
      /**
       * Currency of amounts that come without one (USD if not said).
       */
      currency?: string
      /**
       * IANA time zone of people without one of their own (UTC if not said).
       */
      time_zone?: string
      /**
       * Language of people without one of their own (en if not said).
       */
      locale?: 'en' | 'zh-CN'
    }
  }
}
/**
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "choices".
 */
export interface Choices {
  [k: string]: {
    /**
     * What people read.
     */
    label?: Text
    colour?: Colour
    order?: Order
    /**
     * Kept on records that have it, refused for new values.
     */
    retired?: boolean
  }
}
/**
 * One line of text.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "text_field".
 */
export interface TextField {
  /**
   * One line of text.
   */
  type: 'text'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The most characters (Unicode code points) that a value may have.
   */
  max_length?: number
  /**
   * The fewest characters that a value may have.
   */
  min_length?: number
  /**
   * Regular expression (RE2 syntax) that the whole value must match.
   */
  pattern?: string
}
/**
 * Text of several lines.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "long_text_field".
 */
export interface LongTextField {
  /**
   * Text of several lines.
   */
  type: 'long_text'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The most characters (Unicode code points) that a value may have.
   */
  max_length?: number
  /**
   * The fewest characters that a value may have.
   */
  min_length?: number
  /**
   * Regular expression (RE2 syntax) that the whole value must match.
   */
  pattern?: string
}
/**
 * An e-mail address (addr-spec of RFC 5322 without comments, quoted parts or literals).
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "email_field".
 */
export interface EmailField {
  /**
   * An e-mail address (addr-spec of RFC 5322 without comments, quoted parts or literals).
   */
  type: 'email'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * A telephone number; stored in international form (E.164) where it can be recognised.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "phone_field".
 */
export interface PhoneField {
  /**
   * A telephone number; stored in international form (E.164) where it can be recognised.
   */
  type: 'phone'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * Country (ISO 3166) assumed for a number without an international prefix.
   */
  country?: string
}
/**
 * A web address (http or https) of at most 2,000 bytes.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "url_field".
 */
export interface UrlField {
  /**
   * A web address (http or https) of at most 2,000 bytes.
   */
  type: 'url'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * A whole number between -(2^53-1) and 2^53-1.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "integer_field".
 */
export interface IntegerField {
  /**
   * A whole number between -(2^53-1) and 2^53-1.
   */
  type: 'integer'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The smallest value allowed.
   */
  minimum?: number
  /**
   * The largest value allowed.
   */
  maximum?: number
}
/**
 * An exact decimal number; travels as a text.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "decimal_field".
 */
export interface DecimalField {
  /**
   * An exact decimal number; travels as a text.
   */
  type: 'decimal'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The smallest value allowed.
   */
  minimum?: number
  /**
   * The largest value allowed.
   */
  maximum?: number
  /**
   * How many decimals are kept; more are refused, never rounded away.
   */
  scale?: number
}
/**
 * A percentage: 12.5 means 12.5 %.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "percent_field".
 */
export interface PercentField {
  /**
   * A percentage: 12.5 means 12.5 %.
   */
  type: 'percent'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The smallest value allowed.
   */
  minimum?: number
  /**
   * The largest value allowed.
   */
  maximum?: number
  /**
   * How many decimals are kept; more are refused, never rounded away.
   */
  scale?: number
}
/**
 * An exact amount with its currency; travels as {"amount": "12.50", "currency": "EUR"}.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "money_field".
 */
export interface MoneyField {
  /**
   * An exact amount with its currency; travels as {"amount": "12.50", "currency": "EUR"}.
   */
  type: 'money'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The smallest amount allowed.
   */
  minimum?: number
  /**
   * The largest amount allowed.
   */
  maximum?: number
  /**
   * The only currency (ISO 4217) that this field accepts; without it any currency is accepted.
   */
  currency?: string
  /**
   * How many decimals are kept (4 if not said); more are refused.
   */
  scale?: number
}
/**
 * Stars from 1 to a maximum.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "rating_field".
 */
export interface RatingField {
  /**
   * Stars from 1 to a maximum.
   */
  type: 'rating'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The most stars (5 if not said).
   */
  maximum?: number
}
/**
 * Yes or no.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "boolean_field".
 */
export interface BooleanField {
  /**
   * Yes or no.
   */
  type: 'boolean'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * A calendar day without a time: 2026-11-22.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "date_field".
 */
export interface DateField {
  /**
   * A calendar day without a time: 2026-11-22.
   */
  type: 'date'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * A moment, to the millisecond, kept in UTC: 2026-11-22T08:30:00.000Z.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "datetime_field".
 */
export interface DatetimeField {
  /**
   * A moment, to the millisecond, kept in UTC: 2026-11-22T08:30:00.000Z.
   */
  type: 'datetime'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * One of a list of declared choices.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "choice_field".
 */
export interface ChoiceField {
  /**
   * One of a list of declared choices.
   */
  type: 'choice'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The choices, keyed by the value that is stored.
   */
  choices?: Choices
  /**
   * Name of a shared choice set, instead of choices of its own.
   */
  choice_set?: string
}
/**
 * Any number of a list of declared choices.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "choices_field".
 */
export interface ChoicesField {
  /**
   * Any number of a list of declared choices.
   */
  type: 'choices'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The choices, keyed by the value that is stored.
   */
  choices?: Choices
  /**
   * Name of a shared choice set, instead of choices of its own.
   */
  choice_set?: string
}
/**
 * The record's place in the process that governs its object; the process alone changes it.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "state_field".
 */
export interface StateField {
  /**
   * The record's place in the process that governs its object; the process alone changes it.
   */
  type: 'state'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * One record of another (or the same) object.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "reference_field".
 */
export interface ReferenceField {
  /**
   * One record of another (or the same) object.
   */
  type: 'reference'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The object referred to.
   */
  to: Name
  /**
   * What happens when the record referred to is deleted: refuse the deletion (restrict, the default), blank this field (clear), or delete this record too (cascade).
   */
  on_delete?: 'restrict' | 'clear' | 'cascade'
  /**
   * Which records may be referred to: an expression over the candidate as `record`, and the record that refers (in a form, that whose process it is) as `referring`: `record.account == referring.account`.
   */
  where?: Expression
}
/**
 * Any number of records of another object (many to many).
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "references_field".
 */
export interface ReferencesField {
  /**
   * Any number of records of another object (many to many).
   */
  type: 'references'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The object referred to.
   */
  to: Name
  /**
   * Which records may be referred to: an expression over the candidate as `record`, and the record that refers (in a form, that whose process it is) as `referring`: `record.account == referring.account`.
   */
  where?: Expression
}
/**
 * Rows that belong to this record and are edited with it (an order and its lines).
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "lines_field".
 */
export interface LinesField {
  /**
   * Rows that belong to this record and are edited with it (an order and its lines).
   */
  type: 'lines'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The child object and its reference to this one: `order_line.order`.
   */
  of: string
}
/**
 * A person who works in the system.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "user_field".
 */
export interface UserField {
  /**
   * A person who works in the system.
   */
  type: 'user'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * Which records may be referred to: an expression over the candidate as `record`, and the record that refers (in a form, that whose process it is) as `referring`: `record.account == referring.account`.
   */
  where?: Expression
}
/**
 * A number drawn from a declared sequence when the record is created; never written by hand.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "sequence_field".
 */
export interface SequenceField {
  /**
   * A number drawn from a declared sequence when the record is created; never written by hand.
   */
  type: 'sequence'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The sequence to draw from.
   */
  sequence: Name
}
/**
 * A value computed from the record (and the records it refers to) by an expression.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "formula_field".
 */
export interface FormulaField {
  /**
   * A value computed from the record (and the records it refers to) by an expression.
   */
  type: 'formula'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The type of the result.
   */
  returns: 'text' | 'integer' | 'decimal' | 'percent' | 'money' | 'boolean' | 'date' | 'datetime'
  /**
   * The value, over `record`.
   */
  expression: Expression
  /**
   * Decimals to which a decimal, percent or money result is rounded (half-even); exact without it.
   */
  scale?: number
}
/**
 * A count, sum, least, greatest or average over the records that refer to this one; always fresh.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "rollup_field".
 */
export interface RollupField {
  /**
   * A count, sum, least, greatest or average over the records that refer to this one; always fresh.
   */
  type: 'rollup'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
  /**
   * The type of the result.
   */
  returns: 'text' | 'integer' | 'decimal' | 'percent' | 'money' | 'boolean' | 'date' | 'datetime'
  /**
   * The other object and its reference to this one: `opportunity.account`.
   */
  of: string
  /**
   * What is computed. Sums of money are blank where currencies mix.
   */
  function: 'count' | 'sum' | 'minimum' | 'maximum' | 'average'
  /**
   * The field of the other object; not for count.
   */
  field?: Name
  /**
   * Which of the other records count: an expression over the other record as `record`.
   */
  where?: Expression
}
/**
 * A postal address: street, city, region, postal_code, country (ISO 3166 code or name).
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "address_field".
 */
export interface AddressField {
  /**
   * A postal address: street, city, region, postal_code, country (ISO 3166 code or name).
   */
  type: 'address'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
/**
 * Any JSON value, for machines rather than people; at most 64 KiB and 32 levels deep.
 *
 * This interface was referenced by `Documents`'s JSON-Schema
 * via the `definition` "json_field".
 */
export interface JsonField {
  /**
   * Any JSON value, for machines rather than people; at most 64 KiB and 32 levels deep.
   */
  type: 'json'
  /**
   * What people read beside the value.
   */
  label?: Text
  /**
   * A sentence that helps to fill the field in.
   */
  help?: Text
  /**
   * The earlier name; the values move along.
   */
  formerly?: Name
  /**
   * A blank is refused.
   */
  required?: boolean
  /**
   * A blank is refused where this holds.
   */
  required_when?: Expression
  /**
   * Shown and writable only where this holds; elsewhere a value is refused.
   */
  visible_when?: Expression
  /**
   * The value of a new record when none is given.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * The value of a new record when none is given, computed over `record` and `user`.
   */
  default_expression?: Expression
  /**
   * Only processes, plugins and defaults may set it; people, the API and imports may not.
   */
  read_only?: boolean
  /**
   * The value says something about a person: it is named in reports about that person and blanked when the person’s data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its personal fields are erased with those of the person.
   */
  personal?: true | 'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'
  /**
   * No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 (255 if not said).
   */
  unique?: boolean
  /**
   * Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if not said).
   */
  indexed?: boolean
}
