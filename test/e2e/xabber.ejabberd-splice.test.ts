import { xabberScenarios } from './xabber.js';

xabberScenarios('ejabberd one by one');
